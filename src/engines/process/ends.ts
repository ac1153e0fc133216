import { isAlive, type ProcessIdentity } from '#engines/store/process.ts';

/** Milliseconds between looks at processes that are nobody's children here. */
const LOOK_EVERY = 250;

/** Tells when processes end that another daemon started: to them no system tells us of that. */
export interface Ends {
  /** Calls back once, when the process is gone; returns how to stop looking. */
  watch(identity: ProcessIdentity, ended: () => void): () => void;
  close(): void;
}

export function openEnds(): Ends {
  const watched = new Map<() => void, ProcessIdentity>();
  let timer: NodeJS.Timeout | undefined;

  function look(): void {
    for (const [ended, identity] of [...watched]) {
      if (isAlive(identity) || !watched.delete(ended)) continue;
      ended();
    }
    pace();
  }

  function pace(): void {
    if (watched.size === 0) {
      clearInterval(timer);
      timer = undefined;
    } else timer ??= setInterval(look, LOOK_EVERY);
  }

  return {
    watch(identity, ended) {
      const tell = () => ended();
      watched.set(tell, identity);
      pace();
      return () => {
        watched.delete(tell);
        pace();
      };
    },
    close() {
      watched.clear();
      pace();
    },
  };
}
