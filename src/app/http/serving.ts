import type { Actor } from '#engines/core/actor.ts';
import type { Context, Paths } from '#engines/core/context.ts';
import type { Invocation, Outcome } from '#engines/core/invocation.ts';

/** What a server of the daemon answers with. */
export interface Serving {
  /** Of the daemon itself. */
  context: Context;
  paths: Paths;
  /** A run of the daemon, as any other; `env` is laid over the daemon's variables. Throws `daemon-stopping`. */
  invoke(invocation: Invocation, actor: Pick<Actor, 'kind' | 'name'>, env?: Context['env']): Promise<Outcome>;
  log(level: 'error' | 'warn' | 'info' | 'debug', text: string): void;
}
