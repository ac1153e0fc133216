import { activity } from './activity/pane.ts';
import { flow } from './flow/pane.ts';
import { health } from './health/pane.ts';
import { models } from './models/pane.ts';
import type { Pane } from './pane.ts';
import { repos } from './repos/pane.ts';
import { services } from './services/pane.ts';
import { workers } from './workers/pane.ts';
import { worktrees } from './worktrees/pane.ts';

/** Every pane, in the order of the grid; those that are called come last. */
export const PANES: readonly Pane[] = [repos, worktrees, flow, workers, models, services, activity, health];
