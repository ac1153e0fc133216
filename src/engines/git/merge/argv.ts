export type Manner = 'no-ff' | 'ff' | 'squash';

export interface Merge {
  /** What is merged, as a person says it: `feature/login`, `v1.2.0`. */
  name: string;
  /** Its full name, which stands for nothing else. */
  ref: string;
  /** The commit that it stands for; null where that is known only when it is merged. */
  oid: string | null;
  /** The checked-out branch, and the commit that it is at. */
  into: string;
  from: string;
  manner: Manner;
  /** Null for git's own. */
  message: string | null;
  /** The first line of a squash's message that has none of its own; null for git's. */
  heading?: string | null;
  sign: boolean;
}

/**
 * Ignored files count as files that must not be overwritten. A squash makes the commit in a second command. What a
 * branch's own `mergeoptions` may say is said here too: the last word counts.
 */
export function mergeArgs({
  name,
  manner,
  message,
  sign,
}: Omit<Merge, 'ref' | 'oid' | 'into' | 'from'>): string[] {
  const own =
    manner === 'squash'
      ? ['--ff', '--squash']
      : ['--commit', '--no-squash', `--${manner}`, '--no-edit', ...messageArgs(message, sign)];
  return ['merge', ...own, '--no-overwrite-ignore', '--no-stat', '--end-of-options', name];
}

export function squashArgs({ message, sign }: Pick<Merge, 'message' | 'sign'>): string[] {
  return ['commit', '--quiet', '--no-edit', ...messageArgs(message, sign)];
}

/** The commits that a squash makes one of, as git tells of them in its own message. */
export function squashedArgs({ from, ref }: Pick<Merge, 'from' | 'ref'>): string[] {
  return ['log', '--no-merges', '--pretty=medium', '--end-of-options', `^${from}`, ref, '--'];
}

/**
 * No other branch moves along, whatever the configuration says: undo would not know of it. Quiet, for git ends in
 * the middle where nobody is left to read its progress.
 */
export function rebaseArgs({ onto }: { onto: string }): string[] {
  return [
    '-c',
    'rebase.updateRefs=false',
    'rebase',
    '--quiet',
    '--no-autostash',
    '--no-autosquash',
    '--end-of-options',
    onto,
  ];
}

function messageArgs(message: string | null, sign: boolean): string[] {
  return [...(message === null ? [] : [`--message=${message}`]), ...(sign ? ['--gpg-sign'] : [])];
}
