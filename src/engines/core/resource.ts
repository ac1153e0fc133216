import type { Context } from './context.ts';

/** Something opened once per host, on first use, and closed with the host: the database, a pool of shells. */
export interface Resource<T> {
  id: string;
  open(world: World): T;
  close(value: T): void | Promise<void>;
}

/** What a resource may know when it opens: the host's own surroundings, nothing of one caller. */
export type World = Pick<Context, 'paths' | 'env' | 'now'> & {
  /** How many processes a pool runs at once; absent: as many as the machine has processors. */
  concurrency?: number;
};

export function resource<T>(declaration: Resource<T>): Resource<T> {
  return declaration;
}
