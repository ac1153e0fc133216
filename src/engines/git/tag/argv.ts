export interface NewTag {
  tag: string;
  at: string;
  /** Null makes a lightweight tag. */
  message: string | null;
  sign: boolean;
}

export function createArgs({ tag, at, message, sign }: NewTag): string[] {
  if (message === null) return ['tag', '--no-sign', '--end-of-options', tag, at];
  return [
    'tag',
    sign ? '--sign' : '--annotate',
    '--cleanup=whitespace',
    `--message=${message}`,
    '--end-of-options',
    tag,
    at,
  ];
}

/** A commit by the beginning of its id, a branch by its short name. */
export function shown(at: string): string {
  return at.startsWith('refs/') ? at.replace(/^refs\/(heads|tags)\//, '') : at.slice(0, 10);
}
