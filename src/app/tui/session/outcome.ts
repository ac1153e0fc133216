import type { Activity } from '#engines/activity/types.ts';
import type { Outcome } from '#engines/core/invocation.ts';
import type { Receipt, StepStatus } from '#engines/core/receipt.ts';
import { type Line, span, type Tone } from '#panes/kit/line.ts';
import { plain } from '#panes/kit/plain.ts';
import { open } from '../dialogs/dialog.ts';
import { dataViewer, failureViewer } from '../dialogs/viewer.ts';
import type { Job } from '../state/job.ts';
import type { Viewer } from '../state/overlay.ts';
import type { State } from '../state/state.ts';
import { paneState } from '../state/world.ts';

/** A job has ended: one line says how; what went wrong is shown with what it means and what to try next. */
export function concluded(state: State, id: number, outcome: Outcome, text?: readonly Line[]): State {
  const job = state.jobs.find((one) => one.id === id);
  const rest = { ...state, jobs: state.jobs.filter((one) => one.id !== id) };
  if (!job) return rest;
  const title = titleOf(job, state);
  switch (outcome.kind) {
    case 'receipt':
      return received(rest, title, outcome.receipt, text);
    case 'failure':
      if (outcome.failure.code === 'not-approved') return said(rest, `${title}: left as it is`, 'quiet');
      if (outcome.failure.exit === 'interrupted') return said(rest, `${title}: cancelled`, 'quiet');
      return open(
        rest,
        job.form ? { ...job.form, failure: outcome.failure } : failureViewer(title, outcome.failure),
      );
    case 'approval':
    case 'plan':
      return said(rest, `${title}: left as it is`, 'quiet');
    case 'data':
      return said(rest, `${title}: done`, 'good');
  }
}

/** Undo says what it took back. */
function titleOf({ call, undoes }: Job, state: State): string {
  const words = call.action.replaceAll('.', ' ');
  const undone = undoes && (paneState(state, 'activity').rows.get(undoes) as Activity | undefined);
  return undone ? `${words} ${undone.action.replaceAll('.', ' ')}` : words;
}

function received(state: State, title: string, receipt: Receipt, text?: readonly Line[]): State {
  const summary = countsOf(receipt);
  const whole = `${title}: ${summary || 'nothing to do'}${reasonOf(receipt)}`;
  const tone: Tone = receipt.status === 'done' ? 'good' : 'warning';
  if (text) return open(said(state, whole, tone), dataViewer(whole, text));
  return receipt.steps.some(({ failure }) => failure)
    ? open(said(state, whole, tone), failedViewer(title, summary, receipt))
    : said(state, whole, tone);
}

/** Where nothing was done, the one reason for it. */
function reasonOf({ steps }: Receipt): string {
  const reasons = new Set(steps.map(({ status, summary }) => (status === 'skipped' ? summary : '')));
  const [only] = reasons;
  return reasons.size === 1 && only ? `, ${only}` : '';
}

function countsOf({ steps }: Receipt): string {
  const targets = new Map<StepStatus, Set<string>>();
  for (const { status, target } of steps)
    targets.set(status, (targets.get(status) ?? new Set()).add(target.name));
  return [...targets].map(([status, names]) => `${names.size} ${status}`).join(', ');
}

function failedViewer(title: string, summary: string, { steps }: Receipt): Viewer {
  const lines = steps.flatMap(({ target, failure }): Line[] =>
    failure
      ? [
          [span(plain(target.name), 'strong'), span(`  ${plain(failure.message)}`)],
          ...(failure.meaning ? [[span(`  ${plain(failure.meaning)}`, 'quiet')]] : []),
          ...(failure.next ?? [])
            .slice(0, 2)
            .map((command): Line => [span('  '), span(plain(command), 'key')]),
        ]
      : [],
  );
  return { kind: 'viewer', title: `${title}: ${summary}`, lines, top: 0, tone: 'bad' };
}

function said(state: State, text: string, tone: Tone): State {
  return { ...state, message: { text, tone, at: state.now } };
}
