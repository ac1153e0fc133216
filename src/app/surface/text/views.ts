import { visibleLines } from '#engines/core/visible.ts';
import type { Style } from '../style.ts';
import { activityLines } from './activity.ts';
import { diffLines } from './diff.ts';
import { execLines } from './exec.ts';
import { flowLines } from './flow.ts';

/** Actions whose data reads better in another form than the one derived from its schema. */
export const VIEWS: Record<string, (data: never, style: Style) => string[]> = {
  'activity.show': activityLines,
  'workspace.exec': execLines,
  'worktree.exec': execLines,
  'flow.status': flowLines,
  'flow.feature.list': flowLines,
  'flow.bugfix.list': flowLines,
  'flow.release.list': flowLines,
  'flow.hotfix.list': flowLines,
  'flow.support.list': flowLines,
  'flow.feature.diff': diffLines,
  'flow.bugfix.diff': diffLines,
  'flow.release.diff': diffLines,
  'flow.hotfix.diff': diffLines,
  'flow.support.diff': diffLines,
  'worktree.switch': ({ path }: { path: string }) => [visibleLines(path)],
  'config.get': ({ value }: { value: unknown }) => [
    visibleLines(typeof value === 'string' ? value : JSON.stringify(value)),
  ],
};
