import { readGateSettings } from '#engines/config/early.ts';
import type { Context } from '#engines/core/context.ts';
import { gateError } from './errors.ts';
import type { Status } from './types.ts';

/** What of a context says which gateway is meant. */
type World = Pick<Context, 'cwd' | 'workspace' | 'manifest' | 'env' | 'paths'>;

/** What every action takes that asks a gateway. */
export interface Wanted {
  url?: string;
  /** Seconds. */
  within?: number;
}

/** A gateway, and how long it is waited for. */
export interface Gateway {
  /** Without a slash at its end. */
  url: string;
  /** Milliseconds. */
  within: number;
  from: Status['from'];
}

const SECOND = 1_000;

/** The option goes before `MODELGATE_URL`, that before `[gate]` of the workspace, and that before settings. Throws `gate-address`. */
export async function gatewayFor({ url, within }: Wanted, context: World): Promise<Gateway> {
  const settings = readGateSettings(context);
  const manifest = await manifestGate(context);
  const named: [Gateway['from'], string | undefined][] = [
    ['option', url],
    ['environment', context.env.MODELGATE_URL || undefined],
    ['workspace', manifest.url],
    ['setting', settings['gate.url'] || undefined],
    ['default', `http://localhost:${settings['gate.port']}`],
  ];
  const [from, told = ''] = named.find(([, value]) => value !== undefined) ?? ['default'];
  const seconds = within ?? manifest.timeout_secs ?? settings['gate.within'];
  return { url: addressFrom(told, from), within: seconds * SECOND, from };
}

/** Whether that is this machine, by its own names. */
export function isHere(url: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(url).hostname);
}

function addressFrom(told: string, from: Gateway['from']): string {
  const url = URL.canParse(told) ? new URL(told) : undefined;
  const isPlain = url && url.username === '' && url.password === '' && url.search === '' && url.hash === '';
  if (isPlain && ['http:', 'https:'].includes(url.protocol)) return url.href.replace(/\/+$/, '');
  throw gateError('gate-address', `${JSON.stringify(shown(told))} is no address of a gateway.`, {
    next: [NEXT[from], 'gantry gate status'],
    details: { from, told: shown(told) },
  });
}

const NEXT: Record<Gateway['from'], string> = {
  option: 'gantry gate status --url http://localhost:8080',
  environment: 'export MODELGATE_URL=http://localhost:8080',
  workspace: 'gantry config edit --scope workspace',
  setting: 'gantry config set gate.url http://localhost:8080',
  default: 'gantry config get gate.port',
};

/** A password has no business in an error. */
function shown(told: string): string {
  return told.replace(/\/\/[^/@]*@/, '//…@');
}

async function manifestGate(context: World): Promise<{ url?: string; timeout_secs?: number }> {
  if (context.workspace === undefined) return {};
  const { readWorkspace } = await import('#engines/workspace/read.ts');
  return (await readWorkspace(context)).manifest.gate ?? {};
}
