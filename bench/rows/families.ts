import type { Family } from '../row.ts';
import { flow } from './flow.ts';
import { gate } from './gate.ts';
import { git } from './git.ts';
import { idle } from './idle.ts';
import { keys } from './keys.ts';

import { log } from './log.ts';
import { models } from './models.ts';
import { paint } from './paint.ts';
import { processes } from './processes.ts';
import { revalidate } from './revalidate.ts';
import { start } from './start.ts';

/** In the order of the design's table. */
export const families: readonly Family[] = [
  start,
  paint,
  git,
  flow,
  revalidate,
  keys,
  idle,
  processes,
  log,
  gate,
  models,
];
