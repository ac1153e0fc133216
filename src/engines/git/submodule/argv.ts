/** In git's own way, whatever the configuration names; submodules in it come to what it records. */
const CHECKOUT = ['submodule', 'update', '--init', '--checkout'];

export interface Updating {
  path: string;
  /** To what the remote has, and not to what is recorded. */
  remote: boolean;
}

/** The submodules in one that follows its remote stay at what it records. */
export function updateArgs({ path, remote }: Updating): string[][] {
  if (!remote) return [[...CHECKOUT, '--recursive', '--progress', '--', literally(path)]];
  return [
    [...CHECKOUT, '--remote', '--progress', '--', literally(path)],
    ['-C', path, ...CHECKOUT, '--recursive', '--progress'],
  ];
}

export function resetArgs({ path }: { path: string }): string[] {
  return [...CHECKOUT, '--recursive', '--force', '--progress', '--', literally(path)];
}

export function deinitArgs({ path }: { path: string }): string[] {
  return ['submodule', 'deinit', '--quiet', '--force', '--', literally(path)];
}

/** A pathspec that stands for exactly this path. */
function literally(path: string): string {
  return `:(top,literal)${path}`;
}
