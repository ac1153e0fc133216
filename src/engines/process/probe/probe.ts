import type { Probe } from '../spec.ts';
import type { Scan } from './scan.ts';

/** What came of asking once. */
export interface Answer {
  ok: boolean;
  /** One line: `200 OK`, `connection refused`. */
  said: string;
}

/** What a probe may need of the process that it asks. */
export interface Asked {
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** What the present run has written. */
  output: Scan;
  signal: AbortSignal;
}

/** Asks once; never rejects, and answers within the probe's time. */
export function ask(probe: Probe, asked: Asked): Promise<Answer> {
  return inTime(probe.within, asked.signal, (signal) => answerTo(probe, { ...asked, signal }));
}

/** The same of an address that belongs to no process of ours. */
export function askUrl(
  url: string,
  { within, signal: given }: { within: number; signal: AbortSignal },
): Promise<Answer> {
  return inTime(within, given, async (signal) => (await import('./http.ts')).askHttp({ url }, { signal }));
}

async function inTime(
  within: number,
  given: AbortSignal,
  answer: (signal: AbortSignal) => Promise<Answer>,
): Promise<Answer> {
  const signal = AbortSignal.any([given, AbortSignal.timeout(within)]);
  try {
    return await answer(signal);
  } catch (thrown) {
    const late = signal.aborted && !given.aborted;
    return { ok: false, said: late ? `no answer within ${within} ms` : wordsOf(thrown) };
  }
}

async function answerTo(probe: Probe, asked: Asked): Promise<Answer> {
  if (probe.kind === 'http') return (await import('./http.ts')).askHttp(probe, asked);
  if (probe.kind === 'tcp') return (await import('./tcp.ts')).askTcp(probe, asked);
  if (probe.kind === 'command') return (await import('./command.ts')).askCommand(probe, asked);
  return { ok: await asked.output.has(probe.text), said: `waits for "${probe.text}" in its log` };
}

function wordsOf(thrown: unknown): string {
  const { code, message } = thrown as NodeJS.ErrnoException;
  if (code === 'ECONNREFUSED') return 'connection refused';
  return code === 'ECONNRESET' ? 'connection reset' : message || String(code);
}
