import type { Outcome } from '#engines/core/invocation.ts';
import type { Receipt, StepStatus } from '#engines/core/receipt.ts';
import { type Line, span, type Tone } from '#panes/kit/line.ts';
import { plain } from '#panes/kit/plain.ts';
import { open } from '../dialogs/dialog.ts';
import { failureViewer } from '../dialogs/viewer.ts';
import type { Viewer } from '../state/overlay.ts';
import type { State } from '../state/state.ts';

/** A job has ended: one line says how; what went wrong is shown with what it means and what to try next. */
export function concluded(state: State, id: number, outcome: Outcome): State {
  const job = state.jobs.find((one) => one.id === id);
  const rest = { ...state, jobs: state.jobs.filter((one) => one.id !== id) };
  if (!job) return rest;
  const title = job.call.action.replaceAll('.', ' ');
  switch (outcome.kind) {
    case 'receipt':
      return received(rest, title, outcome.receipt);
    case 'failure':
      if (outcome.failure.exit === 'interrupted') return said(rest, `${title}: cancelled`, 'quiet');
      return open(rest, failureViewer(title, outcome.failure));
    case 'approval':
    case 'plan':
      return said(rest, `${title}: left as it is`, 'quiet');
    case 'data':
      return said(rest, `${title}: done`, 'good');
  }
}

function received(state: State, title: string, receipt: Receipt): State {
  const summary = countsOf(receipt);
  const failed = receipt.steps.filter(({ failure }) => failure);
  if (failed.length === 0) {
    const tone: Tone = receipt.status === 'done' ? 'good' : 'warning';
    return said(state, `${title}: ${summary || 'nothing to do'}`, tone);
  }
  return open(said(state, `${title}: ${summary}`, 'warning'), failedViewer(title, summary, receipt));
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
