import type { Context } from './context.ts';
import type { Invocation, Outcome } from './invocation.ts';

/** Who calls and how the host reaches back while the call runs. */
export type Caller = Pick<
  Context,
  'actor' | 'cwd' | 'workspace' | 'manifest' | 'signal' | 'report' | 'ask'
> & {
  /** The caller's variables that child processes need (SSH_AUTH_SOCK, PATH); laid over the host's own. */
  env?: Readonly<Record<string, string | undefined>>;
};

/**
 * Where actions run: the calling process, the daemon, a child, a process on another machine.
 * Every front door speaks to this and can't tell which one it has.
 */
export interface Host {
  invoke(invocation: Invocation, caller: Caller): Promise<Outcome>;
  /** Events of a stream action; ends when the stream is done or the caller's signal aborts; throws a GantryError. */
  follow(action: string, input: unknown, caller: Caller): AsyncIterable<unknown>;
  close(): Promise<void>;
}
