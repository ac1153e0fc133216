import type { Failure } from '#engines/core/errors.ts';
import { type Line, span } from '#panes/kit/line.ts';
import { plain } from '#panes/kit/plain.ts';
import { cursorSpans } from '../dialogs/field-line.ts';
import { ended, type Job } from '../state/job.ts';
import { chosen, shown } from '../state/rows.ts';
import type { State } from '../state/state.ts';
import { focusedPane, paneState, type World } from '../state/world.ts';

/** What is being typed, what was said, what runs, or else what the focused pane comes to; nothing where all is quiet. */
export function statusLine(state: State, world: World): Line | undefined {
  const overlay = state.overlays.at(-1);
  if (overlay?.kind === 'filter') return filterLine(state, world, overlay.field);
  if (state.message) return [span(` ${plain(state.message.text)}`, state.message.tone)];
  if (state.connection.kind === 'lost') return lostLine(state.connection.failure);
  const job = state.jobs.at(-1);
  return job && !isAsking(state) ? jobLine(job, state, world) : undefined;
}

function lostLine({ message, next: [next] = [] }: Failure): Line {
  return [span(` ${plain(message)}`, 'bad'), span(next ? `  ${plain(next)}` : '', 'key')];
}

/** A dialog that waits for a person says all there is to say. */
function isAsking({ overlays }: State): boolean {
  return overlays.some((overlay) => 'question' in overlay);
}

/** What stands there when nothing else does. */
export function summaryLine(state: State, world: World): Line {
  const pane = focusedPane(state, world);
  const own = paneState(state, pane.id);
  const marked = own.marks.size > 0 || own.anchor !== undefined ? chosen(pane, own).length : 0;
  const waiting = [...own.rows.values()].filter((row) => pane.needsYou(row)).length;
  const parts = [
    marked > 0 && `${marked} marked`,
    waiting > 0 && `${waiting} ${waiting === 1 ? 'needs' : 'need'} you`,
  ].filter(Boolean);
  return [span(` ${parts.join(`  ${world.sign('between')}  `)}`, 'quiet')];
}

function filterLine(state: State, world: World, field: { text: string; cursor: number }): Line {
  const pane = focusedPane(state, world);
  const own = paneState(state, pane.id);
  const count = `${shown(pane, own).keys.length} of ${own.rows.size}`;
  return [span(' /', 'key'), ...cursorSpans(field), span(state.detail.hasKeys ? '' : `  ${count}`, 'quiet')];
}

function jobLine(job: Job, { jobs, now }: State, world: World): Line {
  const done = ended(job);
  const failed = job.counts.failed ?? 0;
  const seconds = Math.floor((now - job.startedAt) / 1000);
  const parts = [
    job.total !== undefined && `${done} of ${job.total}`,
    seconds > 1 && `${seconds} s`,
    job.note && plain(job.note),
    jobs.length > 1 && `${jobs.length - 1} more running`,
  ].filter(Boolean);
  return [
    span(` ${world.sign('running')} `, 'name'),
    span(job.call.action.replaceAll('.', ' '), 'strong'),
    span(`  ${parts.join(', ')}`, 'quiet'),
    span(failed > 0 ? `  ${failed} failed` : '', 'bad'),
    span(job.cancelling ? '  cancelling' : '', 'warning'),
    ...(job.cancelling
      ? []
      : [span(`   ${world.keymap.keyFor('job.cancel')}`, 'key'), span(' cancels', 'quiet')]),
  ];
}
