import { activity } from './activity/pane.ts';
import type { Pane } from './pane.ts';
import { repos } from './repos/pane.ts';

/** Every pane, in the order of the grid. */
export const PANES: readonly Pane[] = [repos, activity];
