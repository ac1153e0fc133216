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
export async function ask(probe: Probe, asked: Asked): Promise<Answer> {
  const signal = AbortSignal.any([asked.signal, AbortSignal.timeout(probe.within)]);
  try {
    return await answerTo(probe, { ...asked, signal });
  } catch (thrown) {
    const late = signal.aborted && !asked.signal.aborted;
    return { ok: false, said: late ? `no answer within ${probe.within} ms` : wordsOf(thrown) };
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
