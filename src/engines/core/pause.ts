/** Blocks the whole thread, for places that can't wait otherwise because their caller isn't asynchronous. */
export function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
