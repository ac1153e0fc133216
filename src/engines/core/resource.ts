import type { Context } from './context.ts';

/** Something opened once per host, on first use, and closed with the host: the database, a pool of shells. */
export interface Resource<T> {
  id: string;
  /** May use other resources, which are closed after it. */
  open(world: World, use: <U>(resource: Resource<U>) => U): T;
  close(value: T): void | Promise<void>;
}

/** What a resource may know when it opens: the host's own surroundings, nothing of one caller. */
export type World = Pick<Context, 'paths' | 'env' | 'now'> & {
  /** How many processes a pool runs at once; absent: as many as the machine has processors. */
  concurrency?: number;
  /** It is the daemon, which keeps what it starts; every other host asks it to. */
  resident?: boolean;
  /** Where a host that nobody watches says what it meets. */
  log?(level: 'info' | 'warn', text: string): void;
};

export function resource<T>(declaration: Resource<T>): Resource<T> {
  return declaration;
}
