import { expect, test } from 'vitest';
import { FRAMES } from '#app/registry/frames.ts';
import type { Host } from '#engines/core/host.ts';
import type { RowDelta } from '#engines/core/rows.ts';
import { PANES } from '#panes/index.ts';
import { openBoard } from './fixtures/board.ts';
import { createMemoryHost } from './fixtures/memory-host.ts';
import { NOW, repo } from './fixtures/repos.ts';

const ROW = {
  ...{ id: 'web:0', standing: 'red', kind: 'service', owner: 'web', phase: 'running', model: null },
  ...{ pid: 4_711, port: 4_100, listener: 'itself', probe: 'http://127.0.0.1:4100/', said: '503' },
  ...{ restarts: 0, why: 'does not answer as it should: 503', next: 'gantry process logs web:0' },
};

/** A host that also tells how processes are, and how many listen to that. */
const hostWithHealth = () => {
  const host = createMemoryHost({ repos: [repo('api')], now: () => NOW });
  const watching = { count: 0 };
  async function* health(signal: AbortSignal): AsyncGenerator<RowDelta<typeof ROW>> {
    watching.count++;
    yield { set: [ROW], drop: [], complete: true };
    await new Promise((left) => signal.addEventListener('abort', left, { once: true }));
    watching.count--;
  }
  const telling: Host = {
    ...host,
    follow: (action, input, caller) =>
      action === 'process.health.watch' ? health(caller.signal) : host.follow(action, input, caller),
  };
  return { host: telling, watching };
};

test('a pane that is called by name joins the others, is kept live while it has the focus, and leaves with it', async () => {
  const { host, watching } = hostWithHealth();
  await using board = await openBoard(host, { cols: 160, rows: 40 });
  expect(board.text()).not.toContain('Health');
  expect(watching.count).toBe(0);

  await board.press(':');
  await board.type('health');
  await board.press('enter');
  expect(board.line('Health')).toContain('┍━ Health');
  expect(board.line('web:0')).toMatch(/web:0 +red +4100 +does not answer/);
  expect(watching.count).toBe(1);
  expect(board.text()).toContain('─ 1 Repos');

  await board.press('tab');
  expect(board.text()).not.toContain('Health');
  expect(watching.count).toBe(0);
});

test('esc leads from it to where one was, and the way back to it is a key away', async () => {
  const { host, watching } = hostWithHealth();
  await using board = await openBoard(host, { cols: 160, rows: 40 });
  await board.press('2', ':');
  await board.type('health');
  await board.press('enter', 'enter');
  expect(board.text()).toMatch(/next +gantry process logs web:0/);
  await board.press('esc', 'esc');
  expect(board.line('Worktrees')).toContain('┍━ 2 Worktrees');
  expect(watching.count).toBe(0);
  await board.press('ctrl+o');
  expect(board.line('Health')).toContain('┍━ Health');
  expect(watching.count).toBe(1);
});

test('the frames that come before everything else have no place for it', () => {
  const always = PANES.filter(({ isCalled }) => !isCalled);
  expect(always.length).toBeLessThan(PANES.length);
  expect(FRAMES.map(({ id }) => id)).toEqual(always.map(({ id }) => id));
});
