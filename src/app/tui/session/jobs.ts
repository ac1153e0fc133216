import { failureOf } from '#engines/core/errors.ts';
import type { Caller, Host } from '#engines/core/host.ts';
import type { Invocation, Outcome } from '#engines/core/invocation.ts';
import type { Answer, Question } from '#engines/core/question.ts';
import type { Report } from '#engines/core/report.ts';
import { shellText } from '#engines/core/shell.ts';
import type { Call } from '#panes/pane.ts';
import { confirmFor, UNREAD } from '../dialogs/confirm.ts';
import { open } from '../dialogs/dialog.ts';
import { field } from '../state/field.ts';
import { told } from '../state/job.ts';
import { logged } from '../state/log.ts';
import type { Overlay } from '../state/overlay.ts';
import type { State } from '../state/state.ts';
import type { Keeper, Line } from './keeper.ts';
import { concluded } from './outcome.ts';
import { outputOf } from './text.ts';

export interface Jobs {
  start(id: number, call: Call): void;
  cancel(id: number): void;
  answer(question: number, answer: Answer): void;
  /** Jobs that run and do not wait for a person. */
  readonly running: number;
}

/** Runs the screen's actions in the host: what they tell goes into the state, what they ask becomes a dialog. */
export function createJobs(line: Line, keeper: Keeper, name: string): Jobs {
  const running = new Map<number, AbortController>();
  const questions = new Map<number, (answer: Answer) => void>();
  let asked = 0;

  async function start(id: number, call: Call): Promise<void> {
    const { action, input, retry } = call;
    const abort = new AbortController();
    running.set(id, abort);
    const invocation = { action, input, ...(retry !== undefined && { retry }) };
    const caller = keeper.caller({
      signal: abort.signal,
      report: (report) => hear(id, report),
      ask: (question) => ask(id, question, abort.signal),
    });
    const outcome = await line
      .host()
      .then((host) => (call.preview ? beforehand : outright)(host, invocation, caller))
      .catch((thrown): Outcome => ({ kind: 'failure', failure: failureOf(thrown) }));
    const text = await outputOf(action, outcome).catch(() => undefined);
    running.delete(id);
    keeper.change((state) => concluded(state, id, outcome, text), 'now');
  }

  /** The plan is shown in any case, also one that can do nothing; a yes is a yes to exactly that plan. */
  async function beforehand(host: Host, invocation: Invocation, caller: Caller): Promise<Outcome> {
    const dry = await host.invoke({ ...invocation, dryRun: true }, caller);
    if (dry.kind !== 'plan') return dry;
    const answer = await caller.ask({ kind: 'approve', plan: dry.plan });
    if (answer.kind !== 'yes') return dry;
    return host.invoke({ ...invocation, approval: { plan: dry.plan.hash } }, caller);
  }

  function outright(host: Host, invocation: Invocation, caller: Caller): Promise<Outcome> {
    return host.invoke(invocation, caller);
  }

  function hear(id: number, report: Report): void {
    keeper.change((state) => {
      const jobs = state.jobs.map((job) => (job.id === id ? told(job, report) : job));
      if (report.kind !== 'command') return { ...state, jobs };
      const logLine = { at: state.now, who: name, target: report.target, command: shellText(report.argv) };
      return { ...state, jobs, log: { ...state.log, lines: logged(state.log.lines, [logLine]) } };
    }, 'soon');
  }

  async function ask(id: number, question: Question, signal: AbortSignal): Promise<Answer> {
    const number = ++asked;
    const answered = Promise.withResolvers<Answer>();
    questions.set(number, answered.resolve);
    const withdraw = () => answered.resolve({ kind: 'no' });
    signal.addEventListener('abort', withdraw, { once: true });
    keeper.change((state) => open(state, overlayFor(number, question, state, id)), 'now');
    // Until it can be answered, the screen has not come to rest.
    setTimeout(() => keeper.change((state) => state, 'soon'), UNREAD);
    try {
      return await answered.promise;
    } finally {
      signal.removeEventListener('abort', withdraw);
      questions.delete(number);
      keeper.change((state) => withoutQuestion(state, number), 'soon');
    }
  }

  return {
    start: (id, call) => void start(id, call),
    cancel: (id) => running.get(id)?.abort(),
    answer: (question, answer) => questions.get(question)?.(answer),
    get running() {
      return running.size - questions.size;
    },
  };
}

function overlayFor(question: number, asked: Question, { now, jobs }: State, id: number): Overlay {
  switch (asked.kind) {
    case 'approve':
      return confirmFor(
        question,
        asked.plan,
        now,
        jobs.find((job) => job.id === id),
      );
    case 'trust':
      return { kind: 'trust', question, workspace: asked.workspace, commands: asked.commands, top: 0 };
    case 'credential':
      return { kind: 'credential', question, prompt: asked.prompt, secret: asked.secret, field: field() };
  }
}

function withoutQuestion(state: State, question: number): State {
  const overlays = state.overlays.filter(
    (overlay) => !('question' in overlay && overlay.question === question),
  );
  return overlays.length === state.overlays.length ? state : { ...state, overlays };
}
