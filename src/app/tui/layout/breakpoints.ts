/** Below this a name, a branch and its state do not fit, nor a list with its frame, header and footer. */
export const SMALLEST = { cols: 40, rows: 12 };

/** The least width of a pane beside another: name, branch, sync and changes side by side. */
export const COLUMN = 50;

/** From here a list stands beside its detail: 80 cells of diff and 40 of list. */
export const SIDE_BY_SIDE = 120;

/** The least height of a pane above another: frame, head and three rows. */
export const STACKED = 6;

/** A pane that is to be read, not only glanced at: frame, head and nine rows. */
export const COMFORTABLE = 12;

/** More panes than this in one column make the eye travel. */
export const MOST_ROWS = 3;

/** A focused pane among others that are folded to their titles: frame, head and five rows. */
export const UNFOLDED = 8;

/** From this height a line of its own for messages costs less than it tells. */
export const STATUS_LINE = 18;

/** From this height of the body a list and its detail, or the command log below them, both show enough. */
export const SHARED = 14;
