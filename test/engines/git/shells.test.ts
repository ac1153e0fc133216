import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { gitShells } from '../../../src/engines/git/shells.ts';
import { testContext } from '../../rig/context.ts';
import { createRepo } from '../../rig/git.ts';
import { HOSTILE_NAMES } from '../../rig/names.ts';
import { test } from '../../rig/test.ts';
import { until } from '../../rig/until.ts';

const STATUS = ['status', '--porcelain=v2', '--branch'];
const TOP = ['rev-parse', '--show-toplevel'];
const HANG = ['-c', 'alias.hang=!echo half; exec sleep 60', 'hang'];

describe('pooled shells', () => {
  test('give every repository its own output, whatever its name', async ({ world }) => {
    const shells = testContext(world).use(gitShells);
    const names = Object.values(HOSTILE_NAMES);
    const repos = await Promise.all(names.map((name) => createRepo(world, world.path('work', name))));
    const outputs = await Promise.all(
      repos.map(({ dir }) => shells.run({ path: dir, args: TOP, budget: 5000 })),
    );
    expect(outputs.map(({ stdout }) => stdout)).toEqual(names.map((name) => `${world.path('work', name)}\n`));
  });

  test('carry any path that a file system can have', async ({ world }) => {
    const shells = testContext(world).use(gitShells);
    const printed = { args: ['-c', 'alias.where=!pwd; printf .', 'where'], budget: 5000 };
    const name = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 60 })
      .filter((text) => text.isWellFormed() && !/[\0/]/.test(text) && text !== '.' && text !== '..');
    await fc.assert(
      fc.asyncProperty(name, async (text) => {
        const path = world.path('work', text);
        await mkdir(path, { recursive: true });
        const { stdout } = await shells.run({ path, ...printed });
        expect(stdout).toBe(`${path}\n.`);
      }),
      { numRuns: 60 },
    );
  });

  test('tell the exit code of each git, and go on after one that fails', async ({ world }) => {
    const shells = testContext(world).use(gitShells);
    const { dir } = await createRepo(world, world.path('work', 'api'));
    const [missing, present, refused] = await Promise.all([
      shells.run({ path: world.path('work', 'nowhere'), args: STATUS, budget: 5000 }),
      shells.run({ path: dir, args: STATUS, budget: 5000 }),
      shells.run({ path: dir, args: ['rev-parse', '--verify', '--quiet', 'nothing'], budget: 5000 }),
    ]);
    expect([missing.exitCode, present.exitCode, refused.exitCode]).toEqual([128, 0, 1]);
    expect(present.stdout).toContain('# branch.head main');
  });

  test('end a git that is over its budget, and only that one', async ({ world }) => {
    const shells = testContext(world).use(gitShells);
    const { dir } = await createRepo(world, world.path('work', 'api'));
    const jobs = Array.from({ length: 12 }, (_, index) => ({
      path: dir,
      args: index % 4 === 0 ? HANG : STATUS,
      budget: 100,
    }));
    const outputs = await Promise.all(jobs.map(shells.run));
    expect(outputs.map((output) => output.overBudget)).toEqual(jobs.map((job) => job.args === HANG));
    expect(outputs.filter((output) => !output.overBudget).every(({ exitCode }) => exitCode === 0)).toBe(true);
    expect(world.processes().filter(({ argv }) => argv.includes('sleep'))).toEqual([]);
  });

  test('let go at once of what nobody asks for any more', async ({ world }) => {
    const shells = testContext(world).use(gitShells);
    const { dir } = await createRepo(world, world.path('work', 'api'));
    const asker = new AbortController();
    const asked = Array.from({ length: 6 }, () =>
      shells.run({ path: dir, args: HANG, budget: 60_000, signal: asker.signal }),
    );
    await until(() => world.processes().some(({ argv }) => argv.includes('sleep')), { what: 'it to hang' });
    asker.abort(new Error('nobody waits'));
    const ended = await Promise.allSettled(asked);
    expect(ended.map((one) => one.status === 'rejected' && one.reason.message)).toEqual(
      asked.map(() => 'nobody waits'),
    );
    expect(await shells.run({ path: dir, args: STATUS, budget: 5_000 })).toMatchObject({ exitCode: 0 });
    expect(world.processes().filter(({ argv }) => argv.includes('sleep'))).toEqual([]);
  });

  test('give up a git that does not end when told, and do the rest in another shell', async ({ world }) => {
    const shells = testContext(world).use(gitShells);
    const { dir } = await createRepo(world, world.path('work', 'api'));
    const deaf = ['-c', "alias.deaf=!trap '' TERM; while :; do sleep 1; done", 'deaf'];
    world.defer(() => {
      for (const { pid } of world.processes()) process.kill(pid, 'SIGKILL');
    });
    const outputs = await Promise.all(
      [deaf, STATUS, STATUS, STATUS, STATUS].map((args) => shells.run({ path: dir, args, budget: 100 })),
    );
    expect(outputs.map(({ exitCode }) => exitCode)).toEqual([143, 0, 0, 0, 0]);
    expect(outputs[0]?.overBudget).toBe(true);
  });

  test('do what a shell that was killed left undone', async ({ world }) => {
    const shells = testContext(world).use(gitShells);
    const { dir } = await createRepo(world, world.path('work', 'api'));
    await shells.run({ path: dir, args: STATUS, budget: 5000 });
    const [shell] = world.processes();
    const outputs = Promise.all(
      Array.from({ length: 40 }, () => shells.run({ path: dir, args: STATUS, budget: 5000 })),
    );
    process.kill(shell?.pid as number, 'SIGKILL');
    expect((await outputs).map(({ exitCode }) => exitCode)).toEqual(Array(40).fill(0));
  });

  test('leave no process behind when they are closed', async ({ world }) => {
    const context = testContext(world);
    const shells = context.use(gitShells);
    const { dir } = await createRepo(world, world.path('work', 'api'));
    await Promise.all([TOP, STATUS].map((args) => shells.run({ path: dir, args, budget: 5000 })));
    shells.close();
    await until(() => world.processes().length === 0, { what: 'the shells to be gone' });
  });

  test('never run what a path or a repository says', async ({ world }) => {
    const shells = testContext(world).use(gitShells);
    const path = world.path('work', '$(touch owned)`touch owned`;touch owned\nf\nwversion');
    await createRepo(world, path);
    await shells.run({ path, args: STATUS, budget: 5000 });
    expect(() => readFileSync(world.path('work', 'owned'))).toThrow('ENOENT');
  });
});
