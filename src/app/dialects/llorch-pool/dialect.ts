import type { Dialect } from '../dialect.ts';
import { plainExits } from '../exits.ts';
import { git } from './git.ts';
import { models } from './models.ts';
import { mannerOf, OPTIONS } from './options.ts';
import { placed } from './place.ts';
import { submodules } from './submodules.ts';
import { FAILURES, workers } from './workers.ts';

export const LLORCH_POOL: Dialect = {
  names: ['llorch-pool', 'pool-ctl', 'llorch'],
  summary: 'Control of a pool host: models, the repository, its submodules, and workers',
  commands: [...models, ...git, ...submodules, ...workers],
  options: OPTIONS,
  manner: mannerOf,
  exits: plainExits(2),
  later: ['dev', 'status', 'infer'],
  filler: 'pool',
  placed,
  failures: FAILURES,
};
