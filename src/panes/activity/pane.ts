import type { Activity } from '#engines/activity/types.ts';
import type { Pane } from '../pane.ts';
import { columns } from './columns.ts';
import { sections } from './detail.ts';

/** What was done to this workspace, and by whom. */
export const activity: Pane<Activity> = {
  id: 'activity',
  number: 0,
  title: 'Activity',
  weight: 2,
  yields: true,
  list: { action: 'activity.list', input: {} },
  watch: { action: 'activity.watch', input: {} },
  key: ({ id }) => id,
  name: ({ action }) => action,
  compare: (a, b) => b.startedAt - a.startedAt || Number(b.id) - Number(a.id),
  columns,
  words: ({ action, who, targets, status }) => [action, who, status, ...targets].join(' '),
  needsYou: ({ status }) => status === 'interrupted',
  offers: [
    {
      id: 'activity.undo',
      takes: 'one',
      call: ([row]) => ({ action: row?.undoes ? 'redo' : 'undo', input: { id: row?.id } }),
      unable: notUndoable,
    },
    {
      id: 'resume',
      takes: 'one',
      call: ([row]) => ({ action: 'resume', input: { id: row?.id } }),
      unable: ({ status }) =>
        status === 'interrupted' || status === 'cancelled'
          ? undefined
          : `it is ${status}: there is nothing to continue`,
    },
    {
      id: 'activity.retry',
      takes: 'one',
      call: ([row]) => ({
        action: row?.action ?? '',
        input: {},
        retry: row?.id,
      }),
      unable: ({ status }) =>
        status === 'failed' || status === 'refused' ? undefined : `it is ${status}: nothing failed`,
    },
  ],
  sections,
  copies: ({ id, action, plan, input }) => [
    { label: 'id', text: id },
    { label: 'action', text: action },
    { label: 'input', text: JSON.stringify(input) },
    ...(plan === null ? [] : [{ label: 'plan hash', text: plan }]),
  ],
  directory: ({ workspace }) => workspace ?? undefined,
  empty: { title: 'Nothing has been done here yet', hint: 'every action, whoever runs it, is listed here' },
};

function notUndoable({ status, undoable, undoneBy }: Activity): string | undefined {
  if (undoneBy !== null) return 'it is undone already';
  if (status === 'running') return 'it is still running';
  return undoable ? undefined : 'it changed nothing that can be taken back';
}
