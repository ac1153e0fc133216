/** Protocols of addresses whose host usually shows the repository on the web too. */
const BY_WEB = new Set(['http:', 'https:']);
const BY_GIT = new Set(['ssh:', 'git:', 'git+ssh:', 'ssh+git:']);

const HOST = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/i;

/** `user@host:path`, as ssh has it: nothing with a slash before the colon, and no drive letter. */
const SCP = /^(?:[^/@:]+@)?([^/:@]{2,}):(?!\/\/)(.+)$/s;

/**
 * The web page of a remote by its address; nothing where it has none. The address may be anybody's: what comes back is
 * http or https, without user and password, and percent-encoded.
 */
export function pageOf(address: string): string | undefined {
  const [, host, path] = SCP.exec(address) ?? [];
  const url = parsed(host === undefined || address.includes('://') ? address : `ssh://${host}/${path}`);
  if (!url || !HOST.test(url.hostname)) return undefined;
  const pathname = url.pathname.replace(/\/+$/, '').replace(/\.git$/, '');
  if (BY_WEB.has(url.protocol)) return parsed(`${url.protocol}//${url.host}${pathname}`)?.href;
  // A host without a dot is a name of the person's own ssh configuration.
  if (!BY_GIT.has(url.protocol) || !url.hostname.includes('.')) return undefined;
  return parsed(`https://${url.hostname}${pathname}`)?.href;
}

function parsed(text: string): URL | undefined {
  return URL.parse(text) ?? undefined;
}
