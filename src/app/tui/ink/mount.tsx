import { EventEmitter } from 'node:events';
import { render } from 'ink';
import type { Output } from '../terminal/output.ts';
import { type FrameStore, Screen, type SuspendTerminal } from './Screen.tsx';

export interface Mounted {
  /** Paints everything again on an empty screen. */
  redraw(): void;
  /** Holds all painting until it is done, then paints everything again. */
  suspended<T>(during: () => Promise<T>): Promise<T>;
  /** Resolves when the last frame has been written. */
  painted(): Promise<void>;
  unmount(): void;
}

/** Ink turns a frame into the bytes by which it differs from the last one. Keys never reach it. */
export function mount(store: FrameStore, output: Output): Mounted {
  let suspend: SuspendTerminal | undefined;
  const onReady = (suspendTerminal: SuspendTerminal) => {
    suspend = suspendTerminal;
  };
  const tree = <Screen store={store} onReady={onReady} />;
  const ink = render(tree, {
    stdout: output as unknown as NodeJS.WriteStream,
    stdin: noKeys(),
    // The frames' own pace is set where they are made; Ink's would come on top of it.
    maxFps: 1000,
    incrementalRendering: true,
    interactive: true,
    exitOnCtrlC: false,
    patchConsole: false,
  });
  return {
    redraw: () => {
      output.startAnew();
      ink.clear();
      ink.rerender(<Screen store={store} onReady={onReady} key={redrawn++} />);
    },
    suspended: async (during) => {
      let result: Awaited<ReturnType<typeof during>> | undefined;
      await suspend?.(async () => {
        result = await during();
      });
      return result as Awaited<ReturnType<typeof during>>;
    },
    painted: () => ink.waitUntilRenderFlush(),
    unmount: ink.unmount,
  };
}

let redrawn = 0;

/** The root reads keys itself: what Ink takes for stdin never says anything. */
function noKeys(): NodeJS.ReadStream {
  const stdin = Object.assign(new EventEmitter(), {
    isTTY: true,
    setRawMode() {},
    setEncoding() {},
    ref() {},
    unref() {},
    read: () => null,
  });
  return stdin as unknown as NodeJS.ReadStream;
}
