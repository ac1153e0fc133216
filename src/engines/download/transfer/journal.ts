import { closeSync, fstatSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs';
import { CHUNK, type Chunks, markWritten } from './chunks.ts';

/** Which chunks have come, a line each, written once their bytes are: what isn't on record is fetched again. */
export interface Journal {
  add(chunk: number, sum: number): void;
  close(): void;
}

/**
 * Opens the journal of a part and marks what it has. A line that a crash tore, or one of another size of file or chunk, says
 * nothing; nor does one say that the bytes are still right: each chunk is compared with its sum before it counts.
 */
export function openJournal(file: string, chunks: Chunks): Journal {
  const head = `${chunks.size} ${CHUNK}\n`;
  const known = textOf(file);
  const isOurs = known.startsWith(head);
  if (isOurs) {
    for (const line of known.slice(head.length, known.lastIndexOf('\n') + 1).split('\n')) {
      const [, chunk, sum] = /^(\d{1,9}) (\d{1,10})$/.exec(line) ?? [];
      if (chunk !== undefined && Number(chunk) < chunks.count)
        markWritten(chunks, Number(chunk), Number(sum));
    }
    truncateSync(file, known.lastIndexOf('\n') + 1);
  }
  const opened = openSync(file, isOurs ? 'a' : 'w');
  if (fstatSync(opened).size === 0) writeSync(opened, head);
  return {
    add: (chunk, sum) => void writeSync(opened, `${chunk} ${sum}\n`),
    close: () => closeSync(opened),
  };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}
