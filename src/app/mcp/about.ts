import { VERSION } from '#engines/daemon/version.ts';
import type { About } from './protocol/service.ts';

/** What a client is told before it has asked anything. */
export const ABOUT: About = {
  name: 'gantry',
  title: 'Gantry',
  version: VERSION,
  instructions:
    'Gantry works on the git repositories of one workspace. Queries and streams change nothing. A command plans ' +
    'before it acts: with `dryRun` it shows the plan, and a plan that destroys something, reaches outside this ' +
    'machine or can not be taken back is applied only when the call is repeated with the hash of the plan that was shown. What was done ' +
    'stands in the activity, and `undo` takes it back. Every answer is one document: `data`, `plan` or `receipt`, ' +
    'and where something went wrong `error`, with what happened, what it means and what to try next.',
};
