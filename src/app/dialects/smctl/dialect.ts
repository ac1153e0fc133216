import type { Dialect } from '../dialect.ts';
import { everyday } from './everyday.ts';
import { FAILURES } from './failures.ts';
import { flow } from './flow.ts';
import { gate } from './gate.ts';
import { log } from './log.ts';
import { GATE_OPTIONS, mannerOf, OPTIONS } from './options.ts';
import { SERVE } from './serve.ts';
import { workspace } from './workspace.ts';
import { worktree } from './worktree.ts';

export const SMCTL: Dialect = {
  names: ['smctl'],
  summary: 'SmallAIOS control: workspaces, worktrees and flow branches of many repos, and the model gateway',
  commands: [...workspace, ...worktree, ...flow, ...everyday, ...gate, SERVE],
  options: OPTIONS,
  early: GATE_OPTIONS,
  manner: mannerOf,
  configure: async (...args) => (await import('./config.ts')).configure(...args),
  log,
  exits: {
    ok: 0,
    failed: 1,
    usage: 1,
    'command-line': 2,
    git: 3,
    workspace: 4,
    spec: 5,
    build: 6,
    network: 7,
    denied: 1,
    approval: 1,
    'dry-run': 10,
    interrupted: 130,
  },
  later: ['spec', 'ss', 'build', 'sb', 'release', 'verify', 'quality', 'config', 'completions'],
  failures: FAILURES,
};
