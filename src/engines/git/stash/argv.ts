export interface Pushing {
  untracked: boolean;
  message: string | null;
}

export function pushArgs({ untracked, message }: Pushing): string[] {
  return [
    ...['stash', 'push', '--quiet'],
    ...(untracked ? ['--include-untracked'] : []),
    ...(message === null ? [] : [`--message=${message}`]),
  ];
}

/** What was staged is staged again. */
export function popArgs(): string[] {
  return ['stash', 'pop', '--quiet', '--index'];
}

export function dropArgs({ number }: { number: number }): string[] {
  return ['stash', 'drop', '--quiet', `stash@{${number}}`];
}

export function storeArgs({ oid, message }: { oid: string; message: string }): string[] {
  return ['stash', 'store', '--quiet', `--message=${message}`, oid];
}
