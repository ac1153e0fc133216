import { idleSequence } from './sequences.ts';

interface Idle {
  /** Called after whatever may have ended the last thing that was under way. */
  touch(): void;
}

interface IdleOptions {
  /** Nothing is under way that a person waits for, and nothing is left to paint. */
  isIdle(): boolean;
  /** Resolves when what is to be painted has been written. */
  painted(): Promise<void>;
  consumed(): number;
  send(sequence: string): void;
}

/** Tells the test rig whenever the screen has come to rest after something. */
export function reportIdle({ isIdle, painted, consumed, send }: IdleOptions): Idle {
  let touched = 0;
  return {
    touch: () => {
      const mine = ++touched;
      setImmediate(async () => {
        await painted();
        if (mine === touched && isIdle()) send(idleSequence(consumed()));
      });
    },
  };
}
