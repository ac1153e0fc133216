import { statSync } from 'node:fs';

/** Milliseconds in which a file may be written twice and tell of it once: its times are no finer than the system's clock ticks. */
const GRAIN = 100;

/**
 * What is read of a file, read again only where the file may be another by now. What was written just before it was read
 * is not trusted to have been the last of it.
 */
export function remembered<T>(file: string, read: () => T): () => T {
  let known: { mark: string; value: T } | undefined;

  return () => {
    const { mark, isSettled } = look(file);
    if (known?.mark === mark) return known.value;
    const value = read();
    known = isSettled ? { mark, value } : undefined;
    return value;
  };
}

function look(file: string): { mark: string; isSettled: boolean } {
  const found = statSync(file, { bigint: true, throwIfNoEntry: false });
  if (!found) return { mark: 'none', isSettled: true };
  const { dev, ino, size, mtimeNs, ctimeNs, mtimeMs, ctimeMs } = found;
  const written = Number(mtimeMs > ctimeMs ? mtimeMs : ctimeMs);
  return { mark: [dev, ino, size, mtimeNs, ctimeNs].join(), isSettled: Date.now() - written > GRAIN };
}
