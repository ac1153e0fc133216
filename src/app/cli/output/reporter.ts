import { receiptLine } from '#app/surface/receipt.ts';
import { isColoured, tellLines } from '#app/surface/streams.ts';
import { styleFor } from '#app/surface/style.ts';
import type { Report } from '#engines/core/report.ts';
import { visible, visibleJson } from '#engines/core/visible.ts';
import type { Globals } from '../globals.ts';

/** Tells a person at the standard error what a running action does; NDJSON callers get the reports as they are. */
export function reporter(globals: Globals): (report: Report) => void {
  if (globals.quiet) return () => {};
  if (globals.json) return ndjson;
  const style = styleFor(isColoured(2, globals));
  return (report) => {
    if (report.kind === 'step') tellLines([receiptLine(report.step, style)]);
    if (report.kind === 'note') tellLines([visible(report.text)]);
  };
}

/** Progress for programs, on the standard error: standard output stays one document. */
function ndjson(report: Report): void {
  if (report.kind === 'progress' || report.kind === 'step') tellLines([visibleJson(report)]);
}
