import type { Caller, Host } from '#engines/core/host.ts';
import type { State } from '../state/state.ts';

/** Holds the state for the parts of a session: each changes it, one paints it. */
export interface Keeper {
  state(): State;
  /** `now` for what a person did or waits for; `soon` for what comes by itself. */
  change(how: (state: State) => State, when: 'now' | 'soon'): void;
  /** This screen as a caller, in the workspace that it works in; nobody answers unless told who. */
  caller(more: Pick<Caller, 'signal'> & Partial<Caller>): Caller;
}

/** Who calls: the same for all that the screen does. */
export type Who = Pick<Caller, 'actor' | 'cwd' | 'env'>;

/** A host while there is one: a lost one is replaced. */
export interface Line {
  /** Resolves with the host, as soon as there is one. */
  host(): Promise<Host>;
  /** Called with each new host, at once with the present one. */
  onHost(listener: (host: Host, gone: AbortSignal) => void): void;
  close(): Promise<void>;
}

export function callerIn(state: () => State, who: Who): Keeper['caller'] {
  return (more) => {
    const { scope } = state();
    const workspace = scope.kind === 'workspace' ? scope.root : undefined;
    return { ...who, workspace, report: () => {}, ask: async () => ({ kind: 'needs-input' }), ...more };
  };
}
