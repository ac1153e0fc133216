import { join } from 'node:path';
import type { Paths } from '#engines/core/context.ts';

type State = Pick<Paths, 'state'>;

/** The token of one webhook. */
export function tokenFile({ state }: State, name: string): string {
  return join(state, 'triggers', `${name}.token`);
}

/** Where what was sent stands until its run has ended. */
export function inputDirectory({ state }: State): string {
  return join(state, 'triggers', 'input');
}

/** The token of the server that A2A tasks come through. */
export function serverTokenFile({ state }: State): string {
  return join(state, 'http.token');
}
