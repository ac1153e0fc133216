import { Fault } from './protocol/fault.ts';
import type { Page } from './protocol/service.ts';

interface Paging<T> {
  /** What a cursor goes on behind, also when the list has changed since. */
  keyOf(item: T): string;
  size: number;
}

/** One page of a list: the first, or the one behind a cursor. */
export function pageOf<T>(
  all: readonly T[],
  cursor: string | undefined,
  { keyOf, size }: Paging<T>,
): Page<T> {
  const start = cursor === undefined ? 0 : all.findIndex((item) => cursorAt(keyOf(item)) === cursor) + 1;
  if (cursor !== undefined && start === 0) throw new Fault('invalid-params', 'There is no such cursor.');
  const items = all.slice(start, start + size);
  const last = items.at(-1);
  return start + size < all.length && last ? { items, next: cursorAt(keyOf(last)) } : { items };
}

function cursorAt(key: string): string {
  return Buffer.from(key).toString('base64url');
}
