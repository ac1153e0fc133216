import { begin } from '../../dispatch/call.ts';
import type { Moves } from './move.ts';

/** What the first screen offers where there is no workspace. */
export const WELCOME: Moves = {
  'welcome.adopt': (state, world) => begin(state, world, { action: 'workspace.adopt', input: {} }),
  'welcome.demo': (state, world) => begin(state, world, { action: 'demo', input: {} }),
};
