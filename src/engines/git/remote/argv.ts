export interface RemoteRef {
  remote: string;
  ref: string;
  oid: string;
}

export function deleteArgs({ remote, ref, oid }: RemoteRef): string[] {
  return ['push', '--progress', `--force-with-lease=${ref}:${oid}`, '--end-of-options', remote, `:${ref}`];
}
