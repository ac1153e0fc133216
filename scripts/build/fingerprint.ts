import { createHash } from 'node:crypto';

/** The first line of each file: by it the program knows the file, and the code that V8 made of it, without reading all. */
export function fingerprint(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
