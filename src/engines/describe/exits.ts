import type { ExitClass } from '#engines/core/errors.ts';

/** What each exit code says; the table that scripts are written against. */
export const EXIT_MEANINGS: Record<ExitClass, string> = {
  ok: 'It did what was asked, or there was nothing to do',
  failed: 'It failed in a way that has no class of its own',
  usage: 'The command line or the input does not fit; nothing was done',
  git: 'git refused, or a repository is not as it has to be',
  workspace: 'There is no workspace here, or its manifest is broken',
  spec: 'A spec is invalid',
  build: 'A build failed',
  network: 'A remote could not be reached, or did not let in',
  denied: 'A rule or missing trust forbids it',
  approval: 'The plan destroys something or reaches outside this machine, and nobody has said yes to it',
  interrupted: 'It was cancelled; `gantry resume` goes on where it stopped',
};
