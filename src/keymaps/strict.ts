import { DEFAULT } from './default.ts';
import type { Entry } from './entry.ts';

const LEADER = ',';

/** Groups whose keys change something outside this screen. */
const GUARDED = new Set(['Repos', 'Worktrees', 'Flow', 'Workers', 'Services', 'Activity', 'Work']);

/** The default keys with a leader before whatever acts: stray typing into the wrong window moves, and does no more. */
export const STRICT: readonly Entry[] = DEFAULT.map((entry) =>
  GUARDED.has(entry.group) && entry.id !== 'job.cancel'
    ? { ...entry, keys: entry.keys.map((keys) => `${LEADER} ${keys}`) }
    : entry,
);
