/** What Gantry calls itself where it serves the pool API, so that it is not taken for another's manager. */
export const OURS = 'gantry';
