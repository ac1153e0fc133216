import type { Dialect } from '../dialect.ts';
import { git } from './git.ts';
import { mannerOf, OPTIONS } from './options.ts';
import { placed } from './place.ts';
import { submodules } from './submodules.ts';

const FAILED = 1;

export const LLORCH_POOL: Dialect = {
  names: ['llorch-pool', 'pool-ctl', 'llorch'],
  summary: 'Control of a pool host: the repository and its submodules',
  commands: [...git, ...submodules],
  options: OPTIONS,
  manner: mannerOf,
  exits: {
    ok: 0,
    'command-line': 2,
    failed: FAILED,
    usage: FAILED,
    git: FAILED,
    workspace: FAILED,
    spec: FAILED,
    build: FAILED,
    network: FAILED,
    denied: FAILED,
    approval: FAILED,
    'dry-run': 0,
    interrupted: 130,
  },
  later: ['models', 'worker', 'dev', 'status', 'infer'],
  filler: 'pool',
  placed,
};
