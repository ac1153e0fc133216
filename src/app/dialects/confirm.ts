import { readSync } from 'node:fs';
import { tellText } from '#app/surface/streams.ts';

/** Longest answer that is read, in bytes. */
const LONGEST = 256;

/** Whether the standard input, a terminal or not, says yes; its end and anything else say no. */
export function confirmed(question: string): boolean {
  tellText(`${question} (y/N) `);
  const answer = firstLine();
  if (answer === undefined) tellText('\n');
  return /^y(es)?$/i.test(answer?.trim() ?? '');
}

/** Undefined where the input ends before anything is said. */
function firstLine(): string | undefined {
  const bytes = Buffer.alloc(LONGEST);
  let length = 0;
  while (length < LONGEST && !bytes.subarray(0, length).includes('\n')) {
    const count = readSome(bytes.subarray(length));
    if (count === 0) break;
    length += count;
  }
  return length === 0 ? undefined : bytes.toString('utf8', 0, length).split('\n')[0];
}

function readSome(into: Buffer): number {
  try {
    return readSync(0, into);
  } catch {
    // Nobody can be asked where there is nothing to read from.
    return 0;
  }
}
