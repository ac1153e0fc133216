import * as z from 'zod/mini';
import { shellArgv } from '#engines/core/shell.ts';
import { type Probe, probeSchema } from '#engines/process/spec.ts';

/**
 * What `--health` may be: a URL, a path on the service's own port (`/health`), `tcp` or `tcp:PORT`, `log:TEXT`, or a
 * command that ends with 0.
 */
export function probeFrom(text: string, port: number | null): Probe {
  if (/^https?:\/\//.test(text)) return parsed({ kind: 'http', url: text });
  if (text.startsWith('/') && port !== null && !text.includes(' ')) {
    return parsed({ kind: 'http', url: `http://127.0.0.1:$PORT${text}` });
  }
  if (text === 'tcp' && port !== null) return parsed({ kind: 'tcp', port });
  const tcp = /^tcp:(\d+)$/.exec(text)?.[1];
  if (tcp !== undefined) return parsed({ kind: 'tcp', port: Number(tcp) });
  if (text.startsWith('log:')) return parsed({ kind: 'log', text: text.slice('log:'.length) });
  return parsed({ kind: 'command', argv: shellArgv(text) });
}

function parsed(probe: z.input<typeof probeSchema>): Probe {
  return z.parse(probeSchema, probe);
}
