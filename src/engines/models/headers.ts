import { statSync } from 'node:fs';
import type { Context } from '#engines/core/context.ts';
import { resource } from '#engines/core/resource.ts';
import type { Reading } from './header/header.ts';
import { readHeader } from './header/read.ts';

/** What files said of themselves, as long as they are as they were. */
const headers = resource<Map<string, { mark: string; reading: Reading }>>({
  id: 'models.headers',
  open: () => new Map(),
  close: (known) => known.clear(),
});

/** What a file says of itself; nothing where it is not there. Read once as long as it does not change. */
export function headerOf(path: string, { use }: Pick<Context, 'use'>): Reading | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found?.isFile()) return undefined;
  const known = use(headers);
  const mark = `${found.size} ${found.mtimeMs} ${found.ino}`;
  const before = known.get(path);
  if (before?.mark === mark) return before.reading;
  const reading = readable(path);
  known.set(path, { mark, reading });
  return reading;
}

function readable(path: string): Reading {
  try {
    return readHeader(path);
  } catch (thrown) {
    return { flaw: `it could not be read: ${(thrown as Error).message}` };
  }
}
