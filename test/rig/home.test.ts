import { existsSync, statSync } from 'node:fs';
import { describe, expect, test as plain } from 'vitest';
import { createWorld } from './home.ts';
import { isAlive } from './process.ts';
import { test } from './test.ts';
import { until } from './until.ts';

describe('a world', () => {
  test('gives a program a home of its own and nothing of the real one', async ({ world }) => {
    const { stdout } = await world.run('env', []);
    const variables = stdout
      .trim()
      .split('\n')
      .map((line) => line.slice(0, line.indexOf('=')));
    expect(world.env.HOME).toBe(world.path('home'));
    expect(
      variables.filter((name) => /^(GANTRY_|SSH_|TMUX|NO_COLOR$|CI$|VITEST|NODE_ENV)/.test(name)),
    ).toEqual([]);
  });

  test('keeps its runtime directory private and short enough for a socket', ({ world }) => {
    const runtime = world.env.XDG_RUNTIME_DIR ?? '';
    expect(statSync(runtime).mode & 0o777).toBe(0o700);
    expect(Buffer.byteLength(runtime)).toBeLessThan(60);
  });

  test('has a git identity, UTC and a fixed commit date', async ({ world }) => {
    const identity = await world.run('git', ['var', 'GIT_COMMITTER_IDENT']);
    expect(identity.stdout).toBe('Ada Example <ada@example.test> 1767323045 +0000\n');
  });

  plain('takes further git configuration, subsections included', async () => {
    await using world = await createWorld({ gitConfig: { 'url.x:.insteadOf': 'y:', 'core.pager': 'a "b"' } });
    expect((await world.run('git', ['config', 'url.x:.insteadof'])).stdout).toBe('y:\n');
    expect((await world.run('git', ['config', 'core.pager'])).stdout).toBe('a "b"\n');
  });

  plain('takes a variable away when a run says so', async () => {
    await using world = await createWorld({ env: { GANTRY_CLOCK: 'frozen' } });
    const shown = (env?: Record<string, undefined>) =>
      world.run('sh', ['-c', 'printenv GANTRY_CLOCK || echo none'], { env });
    expect((await shown()).stdout).toBe('frozen\n');
    expect((await shown({ GANTRY_CLOCK: undefined })).stdout).toBe('none\n');
  });

  plain('is gone at its end, with everything that was started in it', async () => {
    await using world = await createWorld();
    const running = world.start('sh', ['-c', 'echo ready; exec sleep 600']);
    await running.waitFor(/ready/);
    const { stdout } = await world.run('sh', ['-c', 'setsid sleep 600 > /dev/null 2>&1 & echo $!']);
    const orphan = Number(stdout);
    const started = [running.pid, orphan];
    await until(() => started.every((pid) => world.processes().some((process) => process.pid === pid)), {
      what: 'both processes to be known',
    });

    await world[Symbol.asyncDispose]();
    expect(existsSync(world.dir)).toBe(false);
    expect(isAlive(running.pid)).toBe(false);
    expect(isAlive(orphan)).toBe(false);
  });
});

describe('a program in a world', () => {
  test('gets its input and gives its output, code and signal', async ({ world }) => {
    const echoed = await world.run('sh', ['-c', 'cat; echo oops >&2; exit 4'], { input: 'in' });
    expect(echoed).toMatchObject({ code: 4, signal: null, stdout: 'in', stderr: 'oops\n' });
    const killed = await world.run('sh', ['-c', 'kill -KILL $$']);
    expect(killed).toMatchObject({ code: null, signal: 'SIGKILL' });
  });

  test('has its documents parsed, and says what it wrote when that is none', async ({ world }) => {
    const printed = (text: string) => world.run('printf', ['%s', text]);
    expect((await printed('{"ok":true}')).json().ok).toBe(true);
    expect((await printed('{"n":1}\n{"n":2}\n')).ndjson()).toEqual([{ n: 1 }, { n: 2 }]);
    const broken = await printed('not json');
    expect(() => broken.json()).toThrow(/Expected JSON[\s\S]*not json/);
  });

  test('is killed when it outlasts its deadline', async ({ world }) => {
    await expect(world.run('sleep', ['600'], { within: 50 })).rejects.toThrow(
      /sleep 600 did not end within 50 ms/,
    );
  });

  test('says so when it ends before it writes what was waited for', async ({ world }) => {
    const running = world.start('echo', ['something else']);
    await expect(running.waitFor(/expected/)).rejects.toThrow(
      /ended before it wrote \/expected\/[\s\S]*something else/,
    );
  });

  test('can be talked to while it runs', async ({ world }) => {
    const running = world.start('cat', []);
    running.write('first\n');
    await running.waitFor(/first/);
    running.end();
    expect((await running.exit).code).toBe(0);
  });

  test('that does not exist fails with its name', async ({ world }) => {
    await expect(world.run('no-such-program', [])).rejects.toThrow(/no-such-program/);
  });
});
