import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect } from 'vitest';
import { createEmulator } from '../emulator.ts';
import type { World } from '../home.ts';
import { test } from '../test.ts';
import { play } from './play.ts';
import { render } from './render.ts';
import { describeProblem, readTape } from './tape.ts';

const BOARD = fileURLToPath(new URL('../fixtures/board.ts', import.meta.url));
const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));

const write = async (world: World, source: string, name = 'x.tape') => {
  await writeFile(world.path('work', name), source);
  return world.path('work', name);
};

const playing = async (world: World, source: string) => {
  const { tape, problems } = await readTape(await write(world, `Set Columns 40\nSet Rows 6\n${source}`));
  if (!tape) throw new Error(problems.map(describeProblem).join('\n'));
  return { tape, recording: await play(tape, world, { hurry: true }) };
};

describe('a tape that is played', () => {
  test('types into a shell, waits, and dumps the screen after each command that is shown', async ({
    world,
  }) => {
    const { recording } = await playing(
      world,
      'Hide\nType "echo $((6*7))" Enter\nWait+Screen /42/\nShow\nType "exit"\n',
    );
    expect(recording.failure).toBeUndefined();
    expect(recording.dumps).toEqual([
      ['> echo $((6*7))', '42', '>', '', '', ''],
      ['> echo $((6*7))', '42', '> exit', '', '', ''],
    ]);
  });

  test('drives a full-screen program key by key', async ({ world }) => {
    const { recording } = await playing(
      world,
      `Type "node ${BOARD}" Enter\nWait+Screen /last row/\nType "ab" Down@1s 2 Ctrl+A\nCopy "pasted" Paste\nType q\nWait`,
    );
    expect(recording.failure).toBeUndefined();
    const keys = recording.shots.map(
      ({ frame }) => frame.lines[2]?.flatMap(({ cells }) => cells).join('') ?? '',
    );
    expect(keys).toEqual(expect.arrayContaining(['keys "a"', 'keys "ab"', String.raw`keys "ab\u001bOB"`]));
    expect(keys.filter((line) => line.includes('pasted'))).toHaveLength(1);
    expect(recording.dumps.at(-1)?.filter(Boolean).slice(-2)).toEqual(['goodbye', '>']);
  });

  test('is as long as it says, however quick the machine is', async ({ world }) => {
    const { recording } = await playing(
      world,
      'Set TypingSpeed 100ms\nType "abc"\nSleep 2s\nSet TypingSpeed 10ms\nType "de"\nType@1s "f"',
    );
    expect(recording.length).toBe(300 + 2000 + 20 + 1000);
    expect(recording.shots.map(({ at }) => at)).toEqual([0, 0, 100, 200, 2300, 2310, 2320]);
  });

  test('that waits in vain fails where it waited, and shows why', async ({ world }) => {
    const { recording } = await playing(world, 'Type "echo no" Enter\n  Wait+Screen@100ms /yes/');
    expect(recording.failure).toMatchObject({ line: 4, column: 3 });
    expect(recording.failure?.message).toMatch(/^Waited in vain for \/yes\/\. The screen was:[\s\S]*echo no/);
  });

  test('fails at once without the programs that it needs', async ({ world }) => {
    const { recording } = await playing(world, 'Require git\nRequire no-such-program\nType "x"');
    expect(recording.failure).toMatchObject({ line: 4, message: expect.stringContaining('no-such-program') });
  });

  test('has its own environment, and none of the real one', async ({ world }) => {
    const { recording } = await playing(
      world,
      'Env GREETING "hello  you"\nType `echo "$GREETING" $HOME` Enter\nWait+Screen /hello  you/',
    );
    expect(recording.failure).toBeUndefined();
    expect(recording.dumps.at(-1)?.[1]).toBe(`hello  you ${world.path('home')}`.slice(0, 40));
  });

  test('can source another, whose outputs it leaves out', async ({ world }) => {
    const common = await write(
      world,
      'Output other.gif\nSet Framerate 10\nType "from common"',
      'common.tape',
    );
    const { tape } = await playing(world, `Output x.svg\nSource "${common}"`);
    expect(tape.outputs).toEqual(['x.svg']);
    expect(tape.settings.framerate).toBe(10);
    expect(tape.commands).toMatchObject([{ kind: 'type', text: 'from common' }]);
  });

  test('tells every problem of itself and of what it sources', async ({ world }) => {
    await write(world, 'Tpye 1\nSource "y.tape"', 'common.tape');
    const path = await write(
      world,
      `Source "${world.path('work', 'common.tape')}"\nSource nowhere.tape\nSleep`,
    );
    const { tape, problems } = await readTape(path);
    expect(tape).toBeUndefined();
    expect(problems.map(describeProblem).sort()).toEqual([
      expect.stringMatching(/common\.tape:1:1: Unknown command: Tpye\.$/),
      expect.stringMatching(/common\.tape:2:1: A sourced tape cannot source another\.$/),
      expect.stringMatching(/x\.tape:2:1: Cannot read nowhere\.tape: ENOENT/),
      expect.stringMatching(/x\.tape:3:6: Expected a time/),
    ]);
  });
});

describe('a recording', () => {
  const record = (world: World) =>
    playing(
      world,
      `Type "node ${BOARD}" Enter\nWait+Screen /last row/\nType "j"\nScreenshot "${world.path('shot.svg')}"`,
    );

  test('becomes a text as vhs writes it', async ({ world }) => {
    const { recording, tape } = await record(world);
    await render(recording, [world.path('out', 'x.txt')], tape.settings);
    const dumps = (await readFile(world.path('out', 'x.txt'), 'utf8')).split(`${'─'.repeat(80)}\n`);
    expect(dumps).toHaveLength(6);
    expect(dumps.at(-2)).toBe(
      'Board 日本\nsize 40x6\nkeys "j"\ndim inverse underlined true red\n┌──┬──┐\nlast row\n',
    );
  });

  test('becomes an SVG with each letter in its place', async ({ world }) => {
    const { recording, tape } = await record(world);
    await render(recording, [world.path('x.svg')], tape.settings);
    const svg = await readFile(world.path('x.svg'), 'utf8');
    expect(svg).toContain('<text x="24 36 48 60 72"');
    expect(svg).toMatch(/font-weight="bold">Board</);
    expect(svg).toMatch(/fill="#ff8000">true</);
    expect(svg).toContain('>A board<');
    expect(svg).not.toContain('┌');
    expect(await readFile(world.path('shot.svg'), 'utf8')).toBe(svg);
  });

  test('becomes a cast that shows the same when it is replayed', async ({ world }) => {
    const { recording, tape } = await record(world);
    await render(recording, [world.path('x.cast')], tape.settings);
    const [header, ...events] = (await readFile(world.path('x.cast'), 'utf8'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(header).toMatchObject({ version: 2, width: 40, height: 6, title: 'A board' });
    const emulator = createEmulator({ cols: 40, rows: 6, onAnswer: () => {}, onIdle: () => {} });
    for (const [, , text] of events) emulator.write(Buffer.from(text), () => {});
    await emulator.flush();
    const { title, ...replayed } = emulator.frame();
    expect(recording.shots.at(-1)?.frame).toMatchObject(replayed);
  });

  test('without anything to see is an error', async ({ world }) => {
    const { recording, tape } = await playing(world, 'Hide\nType "x"');
    await expect(render(recording, [], tape.settings)).rejects.toThrow('everything in it is hidden');
  });
});

describe('the player as a program', () => {
  test('writes what the tape asks for, and its name', async ({ world }) => {
    const tape = await write(world, 'Output "out/x.txt"\nType "hello"\n');
    expect(await world.run('node', [MAIN, '--hurry', '-o', 'y.svg', tape])).toMatchObject({
      code: 0,
      stdout: 'out/x.txt\ny.svg\n',
      stderr: '',
    });
    expect(await readFile(world.path('work', 'out', 'x.txt'), 'utf8')).toContain('> hello\n');
  });

  test('tells problems by file, line and column', async ({ world }) => {
    const tape = await write(world, 'Type\n');
    const { code, stderr } = await world.run('node', [MAIN, '--validate', tape]);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: `${tape}:1:5: Expected a text, found the end of the line.\n`,
    });
  });

  test('fails when a tape waits in vain', async ({ world }) => {
    const tape = await write(world, 'Output x.txt\nWait+Screen@50ms /never/\n');
    const { code, stderr } = await world.run('node', [MAIN, tape]);
    expect(code).toBe(1);
    expect(stderr).toContain(`${tape}:2:1: Waited in vain for /never/.`);
  });

  test('refuses outputs that it cannot write', async ({ world }) => {
    const tape = await write(world, 'Output x.mp4\nType "x"\n');
    const { code, stderr } = await world.run('node', [MAIN, tape]);
    expect(code).toBe(2);
    expect(stderr).toContain('Cannot write x.mp4: an output is a folder/, or one of .txt');
  });
});
