import { receiptLine } from '#app/surface/receipt.ts';
import { isColoured, tellLines } from '#app/surface/streams.ts';
import { styleFor } from '#app/surface/style.ts';
import { isTerminal } from '#app/surface/terminal.ts';
import type { Report } from '#engines/core/report.ts';
import { visible, visibleJson } from '#engines/core/visible.ts';
import type { Globals } from '../globals.ts';
import type { Live } from './live.ts';
import { createRunning, type Running } from './running.ts';

export interface Reporter {
  report(report: Report): void;
  /** Takes away what it shows of what runs; the rest is still told. */
  close(): void;
}

/** Tells a person at the standard error what a running action does; NDJSON callers get the reports as they are. */
export function openReporter(globals: Globals): Reporter {
  if (globals.quiet) return { report: () => {}, close: () => {} };
  if (globals.json) return { report: ndjson, close: () => {} };
  const style = styleFor(isColoured(2, globals));
  const running = isLive(globals) ? createRunning() : undefined;
  let live: Live | undefined;
  let opening = false;
  let closed = false;

  function report(report: Report): void {
    running?.hear(report);
    if (report.kind === 'progress' && running) void show(running);
    if (report.kind === 'step') put([receiptLine(report.step, style)]);
    if (report.kind === 'note') put([visible(report.text)]);
  }

  /** Loads what draws only now: most commands end without a word of progress. */
  async function show(running: Running): Promise<void> {
    if (opening) return live?.change();
    opening = true;
    const { openBars } = await import('./bars.ts');
    if (closed) return;
    live = openBars(running);
    live.change();
  }

  function put(lines: readonly string[]): void {
    if (live) live.put(lines);
    else tellLines(lines);
  }

  function close(): void {
    closed = true;
    live?.close();
  }

  return { report, close };
}

function isLive({ headless }: Globals): boolean {
  return !headless && process.env.TERM !== 'dumb' && isTerminal(2);
}

/** Progress for programs, on the standard error: standard output stays one document. */
function ndjson(report: Report): void {
  if (report.kind === 'progress' || report.kind === 'step') tellLines([visibleJson(report)]);
}
