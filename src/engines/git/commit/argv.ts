/** The message comes on stdin: no byte of it is ever an option. */
export function commitArgs({ all, empty = false }: { all: boolean; empty?: boolean }): string[] {
  return ['commit', '--quiet', ...(all ? ['--all'] : []), ...(empty ? ['--allow-empty'] : []), '--file=-'];
}

export interface Repointing {
  /** Null before the first commit. */
  from: string | null;
  to: string | null;
}

/** Moves what HEAD stands for, and only from where it is expected to be. */
export function repointArgs({ from, to }: Repointing): string[] {
  const reason = ['-m', 'gantry: undo'];
  if (to === null) return ['update-ref', ...reason, '-d', 'HEAD', ...(from === null ? [] : [from])];
  return ['update-ref', ...reason, 'HEAD', to, from ?? '0'.repeat(to.length)];
}
