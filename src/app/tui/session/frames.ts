import type { Frame, FrameStore } from '../ink/Screen.tsx';

export interface Frames extends FrameStore {
  /** Shows what there is now. */
  now(): void;
  /** Shows it soon: what comes until then is one frame. */
  soon(): void;
  /** A frame is due. */
  readonly pending: boolean;
  close(): void;
}

/** Makes frames when they are asked for, and no more often in the background than the line is worth. */
export function createFrames(draw: () => Frame, interval: number): Frames {
  const listeners = new Set<() => void>();
  let frame = draw();
  let timer: NodeJS.Timeout | undefined;

  function now(): void {
    clearTimeout(timer);
    timer = undefined;
    frame = draw();
    for (const listener of listeners) listener();
  }

  return {
    frame: () => frame,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    now,
    soon: () => {
      timer ??= setTimeout(now, interval);
    },
    get pending() {
      return timer !== undefined;
    },
    close: () => clearTimeout(timer),
  };
}
