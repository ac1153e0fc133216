export interface NewTag {
  tag: string;
  at: string;
  /** Null makes a lightweight tag. */
  message: string | null;
  sign: boolean;
  /** The key to sign with; git's own choice unless told. */
  key?: string;
}

export function createArgs({ tag, at, message, sign, key }: NewTag): string[] {
  if (message === null) return ['tag', '--no-sign', '--end-of-options', tag, at];
  return [
    'tag',
    signing(sign, key),
    '--cleanup=whitespace',
    `--message=${message}`,
    '--end-of-options',
    tag,
    at,
  ];
}

function signing(sign: boolean, key: string | undefined): string {
  if (!sign) return '--annotate';
  return key === undefined ? '--sign' : `--local-user=${key}`;
}

/** A commit by the beginning of its id, a branch by its short name. */
export function shown(at: string): string {
  return at.startsWith('refs/') ? at.replace(/^refs\/(heads|tags)\//, '') : at.slice(0, 10);
}
