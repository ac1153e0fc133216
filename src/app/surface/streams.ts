import { writeSync } from 'node:fs';
import { pause } from '#engines/core/pause.ts';
import { surfaceError } from './errors.ts';
import { isTerminal } from './terminal.ts';

/** In milliseconds. */
const RETRY_INTERVAL = 5;

/** Data: the standard output. A reader that went away ends the program quietly, as `head` expects. */
export function printLines(lines: readonly string[]): void {
  printText(linesText(lines));
}

/** The same for text that has its own line ends. */
export function printText(text: string): void {
  try {
    writeAll(1, text);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'EPIPE') process.exit(0);
    throw unprinted(thrown as Error);
  }
}

/** Everything else: the standard error. What nobody reads must not end what runs. */
export function tellLines(lines: readonly string[]): void {
  tellText(linesText(lines));
}

/** The same for text that has its own line ends, and what moves the cursor. */
export function tellText(text: string): void {
  try {
    writeAll(2, text);
  } catch {
    // There is nobody left to tell.
  }
}

/** What a caller may have asked for instead of colour. */
interface Plainness {
  noColor: boolean;
  headless: boolean;
}

export function isColoured(descriptor: 1 | 2, { noColor, headless }: Plainness): boolean {
  return !noColor && !headless && process.env.TERM !== 'dumb' && isTerminal(descriptor);
}

function linesText(lines: readonly string[]): string {
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

function writeAll(descriptor: number, text: string): void {
  let left = Buffer.from(text);
  while (left.length > 0) left = left.subarray(writeSome(descriptor, left));
}

/** A pipe that is full answers EAGAIN where its other end made it non-blocking; there is nothing to do but to try again. */
function writeSome(descriptor: number, bytes: Buffer): number {
  try {
    return writeSync(descriptor, bytes);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'EAGAIN') throw thrown;
    pause(RETRY_INTERVAL);
    return 0;
  }
}

function unprinted(cause: Error) {
  return surfaceError('output-failed', `The standard output could not be written: ${cause.message}.`, {
    next: ['gantry activity list'],
    cause,
  });
}
