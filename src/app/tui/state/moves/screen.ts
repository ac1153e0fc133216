import type { Activity } from '#engines/activity/types.ts';
import { saying } from '../../dispatch/call.ts';
import { field } from '../field.ts';
import type { Menu } from '../overlay.ts';
import type { State, Turn } from '../state.ts';
import { turn } from '../state.ts';
import { focusedPane, paneState, type World } from '../world.ts';
import { FOCUS } from './focus.ts';
import type { Move, Moves } from './move.ts';
import { whyNotMove } from './unable.ts';

export const SCREEN: Moves = {
  'palette.open': menu('palette'),
  'help.open': menu('help'),
  'copy.open': menu('copy'),
  'log.toggle': (state) => ({ ...state, log: { ...state.log, shown: !state.log.shown } }),
  'screen.refresh': (state) => turn(state, { kind: 'refresh' }),
  'screen.redraw': (state) => turn(state, { kind: 'redraw' }),
  'screen.suspend': (state) => turn(state, { kind: 'suspend' }),
  'screen.quit': (state, world) => (state.zoomed ? out(state, world) : turn(state, { kind: 'quit' })),
  'job.cancel': cancel,
  'page.open': openPage,
  'shell.open': handOver('shell'),
  'editor.open': handOver('editor'),
};

function menu(source: Menu['source']): Move {
  return (state) => ({
    ...state,
    values: {},
    overlays: [...state.overlays, { kind: 'menu', source, field: field(), selected: 0 }],
  });
}

const out: Move = (state, world) =>
  FOCUS['zoom.out']?.({ ...state, detail: { ...state.detail, hasKeys: false } }, world) ?? state;

/** Cancels what was started last; with nothing running it says how to leave. */
function cancel(state: State, world: World): State | Turn {
  const elsewhere = runningElsewhere(state, world);
  if (elsewhere)
    return turn(saying(state, `${elsewhere.action}: cancelling`, 'quiet'), {
      kind: 'cancel-activity',
      id: elsewhere.id,
    });
  const job = state.jobs.findLast(({ cancelling }) => !cancelling);
  if (!job) {
    const text =
      state.jobs.length > 0
        ? 'cancelling: what git has begun to write is finished first'
        : 'nothing runs; q quits';
    return saying(state, text, 'quiet');
  }
  const jobs = state.jobs.map((one) => (one === job ? { ...job, cancelling: true } : one));
  return turn({ ...state, jobs }, { kind: 'cancel', job: job.id });
}

/** The selected activity, while it runs for another screen or was begun before this one. */
function runningElsewhere(state: State, world: World): Activity | undefined {
  const pane = focusedPane(state, world);
  const { rows, selected } = paneState(state, pane.id);
  const row = selected === undefined ? undefined : (rows.get(selected) as Activity | undefined);
  if (pane.id !== 'activity' || row?.status !== 'running') return undefined;
  return state.jobs.some(({ activity }) => activity === row.id) ? undefined : row;
}

/** The page of the selected row; only who knows the row's remotes can tell whether there is one. */
function openPage(state: State, world: World): State | Turn {
  const pane = focusedPane(state, world);
  const { rows, selected } = paneState(state, pane.id);
  const row = selected === undefined ? undefined : rows.get(selected);
  const reason = whyNotMove('page.open', state, world);
  if (reason !== undefined) return saying(state, `${pane.title}: ${reason}`);
  return row === undefined ? state : turn(state, { kind: 'open', pane: pane.id, row });
}

function handOver(tool: 'shell' | 'editor'): Move {
  return (state, world) => {
    const pane = focusedPane(state, world);
    const { rows, selected } = paneState(state, pane.id);
    const row = selected === undefined ? undefined : rows.get(selected);
    const own = row === undefined ? undefined : pane.directory?.(row);
    const directory = own ?? (state.scope.kind === 'workspace' ? state.scope.root : state.scope.directory);
    return turn(state, { kind: 'hand-over', tool, directory });
  };
}
