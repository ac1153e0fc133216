import type { Frame } from '../cells.ts';
import type { Screen } from '../screen.ts';

/** The screen at a moment of the recording, in milliseconds from its start. */
export type Shot = { at: number; frame: Frame };

export type Recorder = {
  readonly shots: Shot[];
  /** How long the recording is. */
  readonly length: number;
  /** Nothing is recorded, and no time passes, while hidden. */
  hide(): void;
  show(): void;
  readonly isHidden: boolean;
  /** Records the screen now, if it differs from the last shot. */
  shoot(): void;
  /** Lets time pass on the recording. */
  pass(time: number): void;
  /** Records every change while the work lasts, at the moments when they come, and lets that time pass. */
  follow(work: () => Promise<unknown>): Promise<void>;
};

/** Records a screen on a clock of its own: what a tape says takes a time takes exactly that, whatever the machine. */
export const createRecorder = (screen: Screen, framerate: number): Recorder => {
  const shots: Shot[] = [];
  let now = 0;
  let hidden = false;
  let last = '';

  const shootAt = (at: number) => {
    if (hidden) return;
    const frame = screen.frame();
    const signature = JSON.stringify(frame);
    if (signature === last) return;
    last = signature;
    shots.push({ at, frame });
  };
  return {
    shots,
    get length() {
      return now;
    },
    get isHidden() {
      return hidden;
    },
    hide: () => {
      hidden = true;
    },
    show: () => {
      hidden = false;
    },
    shoot: () => shootAt(now),
    pass: (time) => {
      if (!hidden) now += time;
    },
    follow: async (work) => {
      const begun = performance.now();
      const elapsed = () => (hidden ? 0 : performance.now() - begun);
      let next = 0;
      const stop = screen.onChange(() => {
        if (elapsed() < next) return;
        next = elapsed() + 1000 / framerate;
        shootAt(now + elapsed());
      });
      await work().finally(stop);
      now += elapsed();
      shootAt(now);
    },
  };
};
