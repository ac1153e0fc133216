/** Signs that say the same in three sets of characters. */
export type Sign =
  | 'ahead'
  | 'behind'
  | 'branch'
  | 'clean'
  | 'changed'
  | 'conflict'
  | 'diverged'
  | 'failed'
  | 'missing'
  | 'reading'
  | 'running'
  | 'stash'
  | 'submodule'
  | 'selected'
  | 'marked'
  | 'more'
  | 'bullet'
  | 'between'
  | 'into'
  /** One sign after the other, of growing height. */
  | 'steps';

/** What a pane may know of how it is shown. */
export interface Look {
  sign(name: Sign): string;
  /** Milliseconds since the epoch, in steps coarse enough that an idle screen stays as it is. */
  now: number;
}
