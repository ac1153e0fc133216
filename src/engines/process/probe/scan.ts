import { open } from 'node:fs/promises';

/** What one run has written, looked through as it grows. */
export interface Scan {
  /** Whether the text was written by now; each byte is read once. */
  has(text: string): Promise<boolean>;
}

/** Bytes that are read at once. */
const BLOCK = 65_536;

export function openScan(file: string, from: number): Scan {
  let position = from;
  let tail = Buffer.alloc(0);
  let found = false;

  async function has(text: string): Promise<boolean> {
    if (found) return true;
    await using log = await open(file, 'r');
    const wanted = Buffer.from(text);
    for (;;) {
      const { bytesRead, buffer } = await log.read(Buffer.alloc(BLOCK), 0, BLOCK, position);
      if (bytesRead === 0) return false;
      position += bytesRead;
      const seen = Buffer.concat([tail, buffer.subarray(0, bytesRead)]);
      found = seen.includes(wanted);
      if (found) return true;
      tail = Buffer.from(seen.subarray(Math.max(0, seen.length - wanted.length + 1)));
    }
  }

  return { has };
}
