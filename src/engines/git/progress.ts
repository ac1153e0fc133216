import type { Readable } from 'node:stream';
import type { Context } from '#engines/core/context.ts';

export interface Progress {
  label: string;
  done: number;
  total: number;
}

/** Passes on what `--progress` says, once per percent. */
export function onProgress(stderr: Readable, { report }: Pick<Context, 'report'>, target?: string): void {
  let last = '';
  stderr.on('data', (chunk: string | Buffer) => {
    const found = parseProgress(String(chunk));
    if (!found) return;
    const seen = `${found.label} ${Math.floor((found.done / found.total) * 100)}`;
    if (seen === last) return;
    last = seen;
    report({ kind: 'progress', target, unit: 'items', ...found });
  });
}

/** The newest counter in a piece of git's progress: `Receiving objects:  42% (420/1000), 1.2 MiB | 3 MiB/s`. */
export function parseProgress(text: string): Progress | undefined {
  const counters = text.matchAll(/^(?:remote: )?([A-Z][\w ]{0,40}):\s+\d+% \((\d+)\/(\d+)\)/gm);
  const last = [...counters].at(-1);
  if (!last) return undefined;
  return { label: last[1] as string, done: Number(last[2]), total: Number(last[3]) };
}
