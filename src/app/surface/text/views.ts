import { visibleLines } from '#engines/core/visible.ts';
import type { Style } from '../style.ts';
import { activityLines } from './activity.ts';
import { execLines } from './exec.ts';

/** Actions whose data reads better in another form than the one derived from its schema. */
export const VIEWS: Record<string, (data: never, style: Style) => string[]> = {
  'activity.show': activityLines,
  'workspace.exec': execLines,
  'config.get': ({ value }: { value: unknown }) => [
    visibleLines(typeof value === 'string' ? value : JSON.stringify(value)),
  ],
};
