import { quote } from '#engines/core/shell.ts';
import type { Asked } from '../ask-now.ts';
import type { Phase } from '../status.ts';
import type { Process } from '../types.ts';
import type { Standing } from './row.ts';

/** On their way by themselves. */
const CHANGING: ReadonlySet<Phase> = new Set(['waiting', 'starting', 'stopping']);

/** Stopped by somebody, or ended well. */
const RESTING: ReadonlySet<Phase> = new Set(['stopped', 'exited']);

/** They are there to end; how they did is in their logs, and nothing that runs is the worse for it. */
const RUNS: ReadonlySet<Process['kind']> = new Set(['command', 'pipeline']);

/** What is looked at, whoever keeps it. */
interface Seen {
  row: Pick<Process, 'kind' | 'phase' | 'why'>;
  answer: Asked['answer'];
}

export function standingOf({ row: { kind, phase }, answer }: Seen): Standing {
  if (answer.ok) return 'well';
  if (RESTING.has(phase) || (phase === 'failed' && RUNS.has(kind))) return 'resting';
  return CHANGING.has(phase) ? 'changing' : 'red';
}

/** Who listens on the port of a process. */
export type Listener = { who: 'itself' } | { who: 'nobody' } | { who: 'other'; name: string; pid?: number };

interface Reason {
  why: string | null;
  next: string | null;
}

/** In one sentence why it is red, or what is odd about it, with the command to try next. */
export function reasonFor(asked: Asked, standing: Standing, listener?: Listener): Reason {
  const odd = oddity(asked, standing, listener);
  const why = [causeOf(asked, standing), odd].filter((part) => part !== undefined).join('; ');
  const next = standing === 'red' || odd !== undefined ? nextFor(asked, listener) : null;
  return { why: why || null, next };
}

export function causeOf({ row: { phase, why }, answer }: Seen, standing: Standing): string | undefined {
  if (standing === 'red' && phase === 'running') return `does not answer as it should: ${answer.said}`;
  return why ?? (standing === 'red' ? `is ${phase}` : undefined);
}

/** A probe may be answered by a stranger, and a program may forget its port. */
function oddity(
  { row: { pid, port, phase } }: Asked,
  standing: Standing,
  listener: Listener | undefined,
): string | undefined {
  if (listener?.who === 'other' && standing !== 'resting') return `port ${port} belongs to ${listener.name}`;
  const isDeaf = listener?.who === 'nobody' && standing === 'red' && pid !== null && phase !== 'stopping';
  return isDeaf ? `nothing listens on port ${port}` : undefined;
}

function nextFor({ record, row: { id, pid, exit } }: Asked, listener: Listener | undefined): string {
  if (listener?.who === 'other' && listener.pid !== undefined) return `ps -fp ${listener.pid}`;
  // Nobody was there to write down that it ended, so that nobody starts it again either.
  if (record.status.identity !== null && pid === null) return 'gantry daemon start';
  if (exit !== null && 'error' in exit) return `gantry process inspect ${quote(id)}`;
  return `gantry process logs ${quote(id)} --tail 20`;
}
