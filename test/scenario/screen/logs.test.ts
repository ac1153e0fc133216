import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import type { World } from '../../rig/home.ts';
import { signalTo } from '../../rig/process.ts';
import type { Screen } from '../../rig/screen.ts';
import { test } from '../../rig/test.ts';
import { until } from '../../rig/until.ts';
import { createWorkspace } from '../../rig/workspace.ts';
import { daemonOf, gantryWell, killDaemon, marked } from '../processes/house.ts';
import { openScreen } from './open.ts';

const SIZE = { cols: 100, rows: 24 };

/** A service that writes whatever a file is given, line by line, as soon as it is. */
const serviceFrom = async (world: World, name: string, first = '') => {
  const feed = world.path(`${name}.feed`);
  writeFileSync(feed, first);
  await gantryWell(world, 'service', 'start', '--name', name, '--command', `exec tail -n +1 -F '${feed}'`);
  return (text: string) => appendFileSync(feed, text);
};

/** It comes to rest, and writes nothing while something else is asked of the daemon. */
const isQuiet = async (opened: Screen, world: World) => {
  await opened.idle();
  opened.mark();
  await gantryWell(world, 'service', 'list');
  await opened.idle();
  return opened.bytes === 0;
};

const numbered = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => `line ${from + index}\n`).join('');

/** Opens the screen with the log of the first service on all of it. */
const openLog = async (world: World, options: Parameters<typeof openScreen>[1] = SIZE): Promise<Screen> => {
  const opened = await openScreen(world, options);
  opened.press('6', '6', 'L', 'L');
  await opened.idle();
  return opened;
};

describe('the log of a service on the screen', () => {
  test('is followed, is left where a person scrolls, tells what came since, and is followed again', async ({
    world,
  }) => {
    await createWorkspace(world, { api: 'clean' });
    const write = await serviceFrom(world, 'web', numbered(0, 200));
    const opened = await openLog(world);
    await opened.waitFor(/line 199[\s\S]*full screen/);
    expect(opened.line(1)).toMatch(/web .* following/);
    write('and one more\n');
    await opened.waitFor('and one more');

    opened.press('k');
    await opened.waitFor(/f follows again/);
    const before = opened.lines().slice(2, 20);
    write(numbered(200, 250));
    await opened.waitFor(/50 new +· +f follows/);
    expect(opened.lines().slice(2, 20)).toEqual(before);
    opened.press('f');
    await opened.waitFor(/line 249[\s\S]*full screen/);
    expect(opened.line(1)).toContain('following');

    opened.press('ctrl+u', 'ctrl+u');
    await opened.waitFor(/f follows again/);
    opened.press('G');
    await opened.waitFor(/following/);
    // Whoever scrolls to the end follows it too.
    opened.press('ctrl+u', 'ctrl+d');
    await opened.waitFor(/following/);
  });

  test('reads what is older from the log, and forgets what is far away', async ({ world }) => {
    await createWorkspace(world, { api: 'clean' });
    await serviceFrom(world, 'web', numbered(0, 9_000));
    const opened = await openLog(world);
    await opened.waitFor('line 8999');
    opened.press('g');
    await opened.waitFor(/│ {2}line 0 +│/);
    opened.press('ctrl+d');
    await opened.waitFor(/│ {2}line 16 +│/);
    opened.press('f');
    await opened.waitFor(/following[\s\S]*line 8999/);
    for (let round = 0; round < 4; round++) {
      for (let page = 0; page < 30; page++) opened.press('ctrl+u');
      await opened.idle();
    }
    const first = Number(/line (\d+)/.exec(opened.line(2))?.[1]);
    const shown = opened
      .lines()
      .slice(2, 20)
      .map((line) => /line (\d+)/.exec(line)?.[1]);
    expect(first).toBeLessThan(8_999 - 1_000);
    expect(shown).toEqual(Array.from({ length: 18 }, (_, index) => String(first + index)));
  });

  test('is searched, with every match in sight, their count, and the keys that go from one to the next', async ({
    world,
  }) => {
    await createWorkspace(world, { api: 'clean' });
    const write = await serviceFrom(world, 'web', `${numbered(0, 100)}refused by db\n${numbered(101, 150)}`);
    const opened = await openLog(world);
    write('Refused again\n');
    await opened.waitFor('Refused again');
    opened.press('/');
    opened.type('refused');
    await opened.waitFor(/2 of 2/);
    const y = opened.lines().findIndex((line) => line.includes('Refused again'));
    expect(opened.line(y)).toMatch(/^│▌ Refused again/);
    expect(opened.cell(3, y).underline).toBe(true);
    expect(opened.cell(12, y).underline).toBe(false);
    opened.press('enter');
    opened.press('N');
    await opened.waitFor(/1 of 2/);
    expect(opened.text()).toMatch(/│▌ refused by db/);
    opened.press('n');
    await opened.waitFor(/2 of 2/);
    opened.press('n');
    await opened.waitFor('nothing further down has refused');
    opened.press('esc');
    await opened.waitFor((screen) => !screen.text().includes('of 2'));
    opened.press('/');
    opened.type('nowhere');
    await opened.waitFor('no match');
  });

  test('is searched to its very beginning, whatever of it is in sight', async ({ world }) => {
    await createWorkspace(world, { api: 'clean' });
    const rare = 'It is (very) Rare\n';
    await serviceFrom(
      world,
      'web',
      `${numbered(0, 50)}${rare}${numbered(51, 6_000)}${rare}${numbered(6_001, 9_000)}`,
    );
    const opened = await openLog(world);
    await opened.waitFor('line 8999');
    opened.press('/');
    opened.type('(very) rare');
    await opened.waitFor('no match');
    opened.press('enter', 'N');
    await opened.waitFor(/│▌ It is \(very\) Rare[\s\S]*line 6001/);
    opened.press('N');
    await opened.waitFor(/│▌ It is \(very\) Rare[\s\S]*line 51/);
    opened.press('N');
    await opened.waitFor('nothing further up has (very) rare');
    opened.press('n');
    await opened.waitFor(/│▌ It is \(very\) Rare[\s\S]*line 6001/);
  });

  test('has marks to come back to, also where the marked line is far away', async ({ world }) => {
    await createWorkspace(world, { api: 'clean' });
    await serviceFrom(world, 'web', numbered(0, 8_000));
    const opened = await openLog(world);
    await opened.waitFor('line 7999');
    opened.press('m');
    await opened.waitFor('│◆ line 7999');
    opened.press('g');
    await opened.waitFor(/│ {2}line 0 +│/);
    opened.press('m');
    await opened.waitFor('│◆ line 0');
    opened.press("'");
    await opened.waitFor('│◆ line 7999');
    opened.press('"');
    await opened.waitFor('│◆ line 0');
  });

  test('shows only what a range asks for, says what is wrong with one, and goes to a time', async ({
    world,
  }) => {
    await createWorkspace(world, { api: 'clean' });
    const write = await serviceFrom(world, 'web', `${numbered(0, 60)}ERROR it broke\nWARN it may break\n`);
    const opened = await openLog(world);
    await opened.waitFor('WARN it may break');
    opened.press('&');
    await opened.waitFor('Which lines are shown');
    opened.type('bro?ke');
    opened.press('enter');
    await opened.waitFor(/with bro\?ke/);
    await opened.idle();
    expect(opened.text()).not.toContain('line 59');
    write('this broke too\nthis did not\n');
    await opened.waitFor(/ERROR it broke[\s\S]*this broke too/);
    expect(opened.text()).not.toContain('this did not');

    opened.press('&', 'ctrl+u');
    opened.type('bro(ke');
    opened.press('enter');
    await opened.waitFor(/bro\(ke is no pattern/);
    opened.press('&', 'ctrl+u', 'enter');
    await opened.waitFor('line 59');

    opened.press('J');
    await opened.waitFor('Go to a time');
    opened.type('1h');
    opened.press('enter');
    await opened.waitFor(/│ {2}line 0 +│/);
    opened.press('J');
    opened.type('soon');
    opened.press('enter');
    await opened.waitFor('soon is no moment');
  });

  test('is saved into a file that is not there yet, and into no other', async ({ world }) => {
    await createWorkspace(world, { api: 'clean' });
    await serviceFrom(world, 'web', `${numbered(0, 3_000)}\u001b[31mred\u001b[0m\n`);
    const opened = await openLog(world);
    await opened.waitFor('red');
    opened.press('W', 'ctrl+u');
    opened.type('web.log');
    opened.press('enter');
    await opened.waitFor(/3001 lines saved in .*web\.log/);
    const file = world.path('work/web.log');
    expect(readFileSync(file, 'utf8')).toBe(`${numbered(0, 3_000)}red\n`);

    writeFileSync(file, 'mine');
    opened.press('W', 'ctrl+u');
    opened.type('web.log');
    opened.press('enter');
    await opened.waitFor('That file is there already and was left as it is.');
    expect(readFileSync(file, 'utf8')).toBe('mine');
    opened.press('ctrl+u');
    opened.type('nowhere/web.log');
    opened.press('enter');
    await opened.waitFor(/ENOENT|no such/);
    expect(existsSync(world.path('work/nowhere'))).toBe(false);
  });

  test('of several marked ones is one, each line behind the name of its process', async ({ world }) => {
    await createWorkspace(world, { api: 'clean' });
    const [api, web] = [await serviceFrom(world, 'api'), await serviceFrom(world, 'web')];
    const opened = await openScreen(world, SIZE);
    opened.press('6', '6', '*', 'L', 'L');
    api('from api\n');
    await opened.waitFor(/api:0 +from api/);
    web('from web\n');
    await opened.waitFor(/api:0 +from api[\s\S]*web:0 +from web/);
    expect(opened.line(1)).toContain('api, web');
  });

  test('never lets a process draw on the screen', async ({ world }) => {
    await createWorkspace(world, { api: 'clean' });
    const write = await serviceFrom(world, 'web');
    const opened = await openLog(world);
    opened.mark();
    write('\u001b[2J\u001b[Hgone\u001b]0;hostile\u0007 \u0007\r\u009b5mover\u202e\u0000 here\n');
    await opened.waitFor('here');
    expect(opened.output).not.toMatch(/hostile\u0007|\u001b\[2J|\u009b/);
    expect(opened.title).not.toContain('hostile');
    expect(opened.line(1)).toContain('web');
  });

  test('goes on with the next run of a process that ended, and over a daemon that was killed', async ({
    world,
  }) => {
    await createWorkspace(world, { api: 'clean' });
    const write = await serviceFrom(world, 'web', 'the first\n');
    const opened = await openLog(world);
    await opened.waitFor('the first');
    const [pid] = marked(world).get('web:0') as [number];
    signalTo(pid, 'SIGKILL');
    await until(() => (marked(world).get('web:0') ?? [pid])[0] !== pid, { what: 'another run' });
    await opened.waitFor(/the first +│\n│ {2}the first/);
    await killDaemon(world);
    await until(() => daemonOf(world), { what: 'another daemon' });
    await opened.waitFor(/following/);
    write('the second\n');
    await opened.waitFor('the second');
  });

  test('wraps, cuts, tells times and JSON, at every size, and without colour', async ({ world }) => {
    await createWorkspace(world, { api: 'clean' });
    const long = `${'word '.repeat(60)}END`;
    const json = '{"level":"error","msg":"refused","port":5432}';
    const write = await serviceFrom(world, 'web', `${long}\n${json}\n`);
    const opened = await openLog(world, { ...SIZE, env: { NO_COLOR: '1' } });
    await opened.waitFor(/ERROR refused +port=5432/);
    expect(opened.text()).toMatch(/word.*…│/);
    expect(opened.output).not.toMatch(/\u001b\[(?:3[0-9]|4[0-9]|38|48)[;m]/);
    opened.press('w');
    await opened.waitFor(/word END/);
    opened.press('t');
    await opened.waitFor(/~?\d\d:\d\d:\d\d\.\d{3} +ERROR refused/);
    opened.press('p');
    await opened.waitFor('"msg":"refused"');
    for (const [cols, rows] of [
      [40, 12],
      [200, 60],
      [80, 24],
    ] as const) {
      opened.resize(cols, rows);
      await opened.idle();
      write(`at ${cols}\n`);
      await opened.waitFor(`at ${cols}`);
      const frame = opened.lines().filter((line) => /^[╭┍│╰].*[╮┑│╯]$/.test(line.slice(0, cols)));
      expect(frame).toHaveLength(rows >= 18 ? rows - 3 : rows - 2);
    }
    opened.resize(40, 10);
    await opened.waitFor('40x10 is too small');
  });

  test('that grows by 50 MB a second leaves the keys alive, and nothing is written once it is quiet', async ({
    world,
  }) => {
    await createWorkspace(world, { api: 'clean' });
    const on = world.path('on');
    const block = 'const b=("x".repeat(99)+"\\n").repeat(5000);';
    const loop = `setInterval(()=>{if(require("fs").existsSync("${on}"))for(let i=0;i<5;i++)require("fs").writeSync(1,b)},50)`;
    await gantryWell(
      world,
      'service',
      'start',
      '--name',
      'web',
      '--command',
      `exec node -e '${block}${loop}'`,
    );
    const opened = await openLog(world);
    writeFileSync(on, '');
    await opened.waitFor('xxx');
    for (let round = 0; round < 5; round++) {
      opened.press('k');
      await opened.waitFor(/[\d,]+\+? new +· +f follows/);
      opened.press('f');
      await opened.waitFor(/following/);
    }
    rmSync(on);
    await until(() => isQuiet(opened, world), { what: 'the screen to be quiet', within: 30_000 });
  });
});
