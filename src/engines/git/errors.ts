import { errors } from '#engines/core/errors.ts';

export const gitError = errors({
  'git-missing': { exit: 'git', meaning: 'Gantry runs git for everything that it does with repositories.' },
  'git-failed': { exit: 'git', meaning: 'git refused; its own words are above.' },
  'git-locked': {
    exit: 'git',
    meaning: 'Another git works in this repository, or one that was killed left its lock behind.',
  },
  'git-over-budget': { exit: 'git', meaning: 'The repository is too slow for the time that was allowed.' },
  'git-ownership': {
    exit: 'git',
    meaning:
      'git does not work in a repository that belongs to somebody else, because its settings could run commands.',
  },
  'not-a-repo': { exit: 'git', meaning: 'The directory exists, and no git repository is in it.' },
  'changed-since': {
    exit: 'failed',
    meaning:
      'It was changed after this was broken off, and going on would go over that work; it was left alone.',
  },
  'directory-missing': { exit: 'git', meaning: 'The directory is not there (any more).' },
  'directory-occupied': { exit: 'git', meaning: 'Something else is there already, and it is left alone.' },
  'clone-touched': {
    exit: 'git',
    meaning: 'The clone has something that its remote does not have, so it is not removed.',
  },
  'branch-moved': { exit: 'git', meaning: 'Somebody has committed or moved the branch since.' },
  'disk-full': { exit: 'git', meaning: 'git could not write; what was there before is unharmed.' },
  'remote-unreachable': { exit: 'network', meaning: 'The machine of the remote did not answer.' },
  'remote-auth': {
    exit: 'network',
    meaning: 'The remote did not accept the credentials, or there were none.',
  },
  'remote-not-found': {
    exit: 'network',
    meaning: 'The remote answered that there is no such repository, or none that you may see.',
  },
  'remote-host-key': {
    exit: 'network',
    meaning:
      'The key of the remote machine is unknown or has changed; ssh does not connect before you have checked it.',
  },
  'push-rejected': {
    exit: 'git',
    meaning: 'The remote branch has commits that are missing here; nothing was pushed.',
  },
  'push-declined': { exit: 'git', meaning: 'A rule or hook of the remote does not accept this push.' },
  'not-fast-forwarded': {
    exit: 'git',
    meaning: 'The branch was left as it is: bringing it up to date needs your decision.',
  },
  'changes-in-the-way': {
    exit: 'git',
    meaning: 'Uncommitted changes would be overwritten; nothing was changed.',
  },
  'ref-unknown': { exit: 'usage', meaning: 'There is no such branch, tag or commit in this repository.' },
  'ref-invalid': {
    exit: 'usage',
    meaning: "git's rules for names (git help check-ref-format) do not allow this one.",
  },
  'snapshot-missing': {
    exit: 'git',
    meaning: 'The snapshot was pruned or deleted; there is nothing to restore from.',
  },
  'snapshot-impossible': {
    exit: 'git',
    meaning: 'A snapshot could not keep everything, so what would lose it is not done.',
  },
  'restore-differs': {
    exit: 'git',
    meaning: 'Something else changed the repository at the same time; the snapshot is still there.',
  },
  'path-undecodable': {
    exit: 'git',
    meaning: 'The name is not valid UTF-8, so it can be neither shown nor named exactly.',
  },
  'merge-conflict': {
    exit: 'git',
    meaning: 'Both sides changed the same lines. Nothing was left behind: the repository is as it was.',
  },
  'merge-left': {
    exit: 'failed',
    meaning:
      'Both sides changed the same lines; the merge waits in the working tree to be resolved and committed.',
  },
  'merge-missing': {
    exit: 'git',
    meaning: 'Configuration or a hook kept the merge from being made; nothing that relies on it was done.',
  },
  'operation-unfinished': {
    exit: 'git',
    meaning: 'Somebody began it and has not finished it; finish or abort it first.',
  },
  'stash-missing': { exit: 'git', meaning: 'The stash no longer has this entry; somebody took it out.' },
  'stash-nothing': { exit: 'git', meaning: 'git keeps no stash of what it does not count as a change.' },
  'stash-conflict': {
    exit: 'git',
    meaning:
      'Bringing it back meets other changes. The working tree is as it was, and the stash still has it.',
  },
});
