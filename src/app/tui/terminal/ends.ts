import type { ReadStream, WriteStream } from 'node:tty';

/** Why the screen ends without being asked to, as an exit code; an error is told after the terminal is back. */
export interface End {
  code: number;
  error?: unknown;
}

const SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGQUIT: 131, SIGTERM: 143 } as const;

interface Ends {
  stdin: ReadStream;
  stdout: WriteStream;
}

/** Watches for every way in which a terminal program ends: signals, a lost terminal, its own defects. */
export function watchEnds({ stdin, stdout }: Ends, onEnd: (end: End) => void): () => void {
  const lost = () => onEnd({ code: SIGNALS.SIGHUP });
  const broken = (error: unknown) => onEnd({ code: 1, error });
  const handlers = Object.entries(SIGNALS).map(([signal, code]) => [signal, () => onEnd({ code })] as const);
  for (const [signal, handler] of handlers) process.on(signal, handler);
  process.on('uncaughtException', broken);
  process.on('unhandledRejection', broken);
  stdin.on('end', lost).on('close', lost).on('error', lost);
  stdout.on('close', lost).on('error', lost);
  return () => {
    for (const [signal, handler] of handlers) process.off(signal, handler);
    process.off('uncaughtException', broken);
    process.off('unhandledRejection', broken);
    for (const event of ['end', 'close', 'error']) stdin.off(event, lost);
    // A write that was under way may still fail; nobody is left to be told.
    stdout.off('close', lost);
    stdout.on('error', () => {});
  };
}
