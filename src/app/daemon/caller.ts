import { hostname } from 'node:os';
import type { Actor } from '#engines/core/actor.ts';
import type { Caller } from '#engines/core/host.ts';

/** The daemon acting on its own: nobody is there to ask, and it belongs to no workspace unless told. */
export function ownCaller(actor: Pick<Actor, 'kind' | 'name'>, given: Partial<Caller> = {}): Caller {
  return {
    actor: { ...actor, surface: 'daemon', host: hostname(), pid: process.pid },
    cwd: given.workspace ?? '/',
    signal: new AbortController().signal,
    report: () => {},
    ask: async () => ({ kind: 'needs-input' }),
    ...given,
  };
}
