/** Rows kept in sight above and below the selected one. */
const MARGIN = 2;

/** The first shown row, moved no further than needed to keep the selected one in sight. */
export function windowTop(top: number, selected: number, count: number, height: number): number {
  const margin = Math.min(MARGIN, Math.max(0, Math.floor((height - 1) / 2)));
  const lowest = Math.max(0, count - height);
  const upper = selected - margin;
  const lower = selected + margin - height + 1;
  return Math.min(lowest, Math.max(0, Math.min(Math.max(top, lower), upper)));
}
