import { expect, test } from 'vitest';
import { commandsOf, logged } from '#app/tui/state/log.ts';
import type { ActivityEvent } from '#engines/activity/types.ts';

const event = (step: string, status: string): ActivityEvent => ({
  event: 'step',
  activity: {
    id: '7',
    action: 'repo.fetch',
    status: 'running',
    summary: '',
    who: 'claude (agent, mcp)',
    startedAt: 0,
    duration: null,
    workspace: null,
    actor: { kind: 'agent', name: 'claude', surface: 'mcp', host: 'workbench', pid: 7 },
    input: {},
    plan: null,
    targets: ['api'],
    undoable: false,
    undoes: null,
    undoneBy: null,
    failure: null,
  },
  step: {
    step,
    target: { kind: 'repo', name: 'api' },
    op: 'git.fetch',
    status,
    summary: '',
    commands: [['git', 'fetch', '--', 'a b']],
    duration: null,
    failure: null,
  },
});

test('a step that is told when it begins and when it ends is one command', () => {
  const begun = logged([], commandsOf(event('api/1', 'running'), 5));
  expect(logged(begun, commandsOf(event('api/1', 'done'), 6))).toBe(begun);
  expect(logged(begun, commandsOf(event('api/2', 'running'), 7))).toHaveLength(2);
});

test('a command stands there as a shell would take it, with who ran it', () => {
  expect(commandsOf(event('api/1', 'running'), 5)).toEqual([
    { at: 5, who: 'claude agent', target: 'api', command: "git fetch -- 'a b'", step: '7 api/1' },
  ]);
});

test('a command of what was over before stands there with the time of then', () => {
  const told = event('api/1', 'done');
  const over = { ...told, activity: { ...told.activity, startedAt: 3, duration: 1 } };
  expect(commandsOf(over, 500)).toMatchObject([{ at: 3 }]);
});
