import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import type { ExecResult } from '#engines/workspace/types.ts';
import { test } from '../../rig/test.ts';
import { until } from '../../rig/until.ts';
import { createWorkspace } from '../../rig/workspace.ts';
import { createStage, type Stage } from './stage.ts';

const run = async (stage: Stage, input: object) => {
  const outcome = await stage.call('workspace.exec', input);
  if (outcome.kind !== 'receipt') throw new Error(JSON.stringify(outcome));
  return { outcome, repos: (outcome.data as { repos: ExecResult[] }).repos };
};

describe('workspace exec', () => {
  test('it runs the command in every repo, and brings output and exit code of each', async ({ world }) => {
    const stage = createStage(world);
    await createWorkspace(world, { api: 'clean', web: 'dirty' });
    const { outcome, repos } = await run(stage, { command: ['git', 'status', '--short'] });

    expect(outcome.failure).toBeUndefined();
    expect(repos).toEqual([
      { repo: 'api', status: 'done', exitCode: 0, stdout: '', stderr: '', truncated: false, reason: null },
      {
        repo: 'web',
        status: 'done',
        exitCode: 0,
        stdout: ' M README.md\n',
        stderr: '',
        truncated: false,
        reason: null,
      },
    ]);
  });

  test('a command that fails in one repo runs in the others all the same', async ({ world }) => {
    const stage = createStage(world);
    await createWorkspace(world, { api: 'clean', lost: 'clean', web: 'untracked' });
    await rm(world.path('work', 'lost'), { recursive: true });

    const { outcome, repos } = await run(stage, {
      command: ['sh', '-c', 'echo here; test -f notes.txt || exit 3'],
    });

    expect(outcome.failure).toMatchObject({ exit: 'workspace', code: 'repo-absent' });
    const byName = Object.fromEntries(repos.map((row) => [row.repo, row]));
    expect(byName.api).toMatchObject({ status: 'failed', exitCode: 3, stdout: 'here\n' });
    expect(byName.lost).toMatchObject({ status: 'refused', exitCode: null });
    expect(byName.web).toMatchObject({ status: 'done', exitCode: 0 });
  });

  test('the words of the command reach the program as they are', async ({ world }) => {
    const stage = createStage(world);
    await createWorkspace(world, { api: 'clean' });
    const words = ['$(touch owned)', 'a;touch owned', '--', '-n', '*', ''];
    const { repos } = await run(stage, { command: ['printf', '[%s]', ...words] });
    expect(repos[0]?.stdout).toBe('[$(touch owned)][a;touch owned][--][-n][*][]');
    expect(existsSync(world.path('work', 'api', 'owned'))).toBe(false);
  });

  test('a program that does not exist is said to be missing', async ({ world }) => {
    const stage = createStage(world);
    await createWorkspace(world, { api: 'clean' });
    const receipt = await stage.receipt('workspace.exec', { command: ['no-such-program'] });
    expect(receipt.steps[0]?.failure).toMatchObject({
      code: 'command-unstarted',
      next: ['command -v no-such-program'],
    });
    const { repos } = await run(stage, { command: ['no-such-program'] });
    expect(repos[0]).toMatchObject({
      status: 'failed',
      exitCode: null,
      reason: 'no-such-program was not found',
    });
  });

  test('of a long output the end is kept', async ({ world }) => {
    const stage = createStage(world);
    await createWorkspace(world, { api: 'clean' });
    const { repos } = await run(stage, { command: ['sh', '-c', 'yes | head -n 200000; echo end'] });
    expect(repos[0]).toMatchObject({ truncated: true });
    expect(repos[0]?.stdout).toMatch(/^[y\n]{60000,}end\n$/);
  });

  test('with one at a time, no two run at once', async ({ world }) => {
    const stage = createStage(world);
    await createWorkspace(world, { a: 'clean', b: 'clean', c: 'clean' });
    const gate = world.path('gate');
    const busy = 'i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done';
    const command = ['sh', '-c', `mkdir ${gate} && ${busy} && rmdir ${gate}`];
    const alone = await run(stage, { command, parallel: 1 });
    expect(alone.repos.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
  });

  test('cancelled, it ends what it started', async ({ world }) => {
    const stage = createStage(world);
    await createWorkspace(world, { api: 'clean' });
    const abort = new AbortController();
    const pidFile = world.path('pid');
    const running = stage.call(
      'workspace.exec',
      { command: ['sh', '-c', `sleep 600 & echo $! > ${pidFile}; wait`] },
      { signal: abort.signal },
    );
    const pid = Number(
      await until(() => readFile(pidFile, 'utf8').catch(() => ''), { what: 'the sleep to start' }),
    );
    abort.abort();
    expect(await running).toMatchObject({ kind: 'receipt', receipt: { status: 'cancelled' } });
    await until(() => !existsSync(`/proc/${pid}`), { what: 'the sleep to end' });
  });

  test('the plan says that it can not be undone', async ({ world }) => {
    const stage = createStage(world);
    await createWorkspace(world, { api: 'clean' });
    const plan = await stage.plan('workspace.exec', { command: ['make', 'clean'] });
    expect(plan.described[0]?.calls[0]).toMatchObject({
      effect: 'write',
      irreversible: true,
      commands: [['make', 'clean']],
    });
  });
});
