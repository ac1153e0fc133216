/** Whether the services of somebody who is not logged in run: without that, logging out ends all of them. */
export function lingerShow(): string[] {
  return ['loginctl', 'show-user', String(process.getuid?.() ?? 0), '--property=Linger', '--value'];
}

/** Nobody is at a prompt for a password here. */
export function lingerSet(on: boolean): string[] {
  return ['loginctl', '--no-ask-password', on ? 'enable-linger' : 'disable-linger'];
}
