export function createArgs({
  branch,
  at,
  upstream,
}: {
  branch: string;
  at: string;
  upstream: string | null;
}) {
  if (upstream !== null) return ['branch', '--track', '--end-of-options', branch, upstream];
  return ['branch', '--no-track', '--end-of-options', branch, at];
}

export function deleteArgs({ branch }: { branch: string }): string[] {
  return ['branch', '--delete', '--force', '--end-of-options', branch];
}

export function renameArgs({ from, to }: { from: string; to: string }): string[] {
  return ['branch', '--move', '--end-of-options', from, to];
}

/** Ignored files count as files that must not be overwritten. */
export function switchArgs({ to, detached }: { to: string; detached: boolean }): string[] {
  return [
    'switch',
    '--no-overwrite-ignore',
    ...(detached ? ['--detach'] : ['--no-guess']),
    '--end-of-options',
    to,
  ];
}

export function startArgs({ branch, at }: { branch: string; at: string }): string[] {
  return ['switch', '--no-overwrite-ignore', '--no-track', `--create=${branch}`, '--end-of-options', at];
}

export function unbornArgs({ to }: { to: string }): string[] {
  return ['symbolic-ref', '-m', 'gantry: name', 'HEAD', `refs/heads/${to}`];
}

export function trackArgs({ branch, upstream }: { branch: string; upstream: string }): string[] {
  return ['switch', '--no-overwrite-ignore', `--create=${branch}`, '--track', '--end-of-options', upstream];
}
