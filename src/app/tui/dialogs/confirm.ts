import type { DescribedPlan } from '#engines/core/report.ts';
import { type Line, lineCells, span } from '#panes/kit/line.ts';
import { plain } from '#panes/kit/plain.ts';
import { wrapLine } from '#panes/kit/wrap.ts';
import { formFor, saying } from '../dispatch/call.ts';
import { field } from '../state/field.ts';
import type { Job } from '../state/job.ts';
import type { Confirm } from '../state/overlay.ts';
import { type State, type Turn, turn } from '../state/state.ts';
import { cardOf, type World } from '../state/world.ts';
import { closeTop, type Dialog, open, replaceTop } from './dialog.ts';
import { fieldLine } from './field-line.ts';
import { isIrreversible, planLines } from './plan-lines.ts';

/** Milliseconds in which nobody can have read a plan: a key that was meant for something else is no yes. */
export const UNREAD = 200;

/** The plan as a tree per target, with its real commands; what nothing can take back is confirmed by its name. */
export const confirm: Dialog<Confirm> = {
  places: ({ typing, plan }) =>
    typing
      ? ['typing', 'dialog', 'text']
      : [plan.steps.length > 0 ? 'confirm' : 'declined', 'dialog', 'scroll'],
  field: ({ typing }) => typing?.field,
  typed: (overlay, typed, state) =>
    overlay.typing ? replaceTop(state, { ...overlay, typing: { ...overlay.typing, field: typed } }) : state,
  act: (id, overlay, state, world) => {
    const { question, typing, openedAt } = overlay;
    if (id === 'confirm.change') return change(overlay, state, world);
    if (id === 'confirm.yes' && state.now - openedAt < UNREAD) {
      return saying(state, 'that key came before the plan could be read: press it again');
    }
    if (id === 'confirm.typed' && typing && typing.field.text !== typing.word) {
      return saying(state, `type ${typing.word} to go on, esc to leave it`);
    }
    const yes = id === 'confirm.yes' || id === 'confirm.typed';
    if (!yes && id !== 'confirm.no' && id !== 'dialog.close') return state;
    return turn(closeTop(state), { kind: 'answer', question, answer: { kind: yes ? 'yes' : 'no' } });
  },
  draw: ({ plan, top, typing, call }, _state, _world, { look, width }) => {
    const known = call?.preview?.(look) ?? [];
    const lines = [...known, ...(known.length > 0 ? [[]] : []), ...planLines(plan, look)].flatMap((line) =>
      wrapLine(line, width),
    );
    const asked: Line[] = typing
      ? [
          [],
          ...wrapLine(
            [span('Nothing can take this back. Type '), span(typing.word, 'key'), span(' to go on.')],
            width,
          ),
          fieldLine(typing.field, look),
        ]
      : [];
    return {
      title: titleOf(plan),
      width: Math.max(60, ...lines.map(lineCells)),
      lines,
      top,
      foot: asked,
      warns: true,
    };
  },
};

/** Nothing is done yet: what the call leaves open can still be told, and is planned anew. */
function change({ question, call, form }: Confirm, state: State, world: World): State | Turn {
  const card = call && cardOf(world, call.action);
  const asked = card && call.retry === undefined ? (form ?? formFor(card, call)) : undefined;
  if (!asked || asked.fields.length === 0) return saying(state, 'it leaves nothing open to be told', 'quiet');
  return turn(open(closeTop(state), asked), { kind: 'answer', question, answer: { kind: 'no' } });
}

/** The dialog for a plan that waits for a yes. */
export function confirmFor(question: number, plan: DescribedPlan, openedAt: number, job?: Job): Confirm {
  return {
    kind: 'confirm',
    question,
    plan,
    top: 0,
    openedAt,
    call: job?.call,
    form: job?.form,
    typing: isIrreversible(plan) ? { word: plain(wordFor(plan)), field: field() } : undefined,
  };
}

/** The target's name; of many targets the action's verb. */
function wordFor({ action, steps }: DescribedPlan): string {
  const names = new Set(steps.map(({ target }) => target.name));
  const [only] = names;
  return names.size === 1 && only !== undefined ? only : (action.split('.').at(-1) ?? action);
}

function titleOf({ action, steps }: DescribedPlan): string {
  if (steps.length === 0) return `${action.replaceAll('.', ' ')}: nothing can be done`;
  const names = new Set(steps.map(({ target }) => target.name)).size;
  const kinds = new Set(steps.map(({ target }) => target.kind));
  const [only] = kinds;
  const kind = kinds.size === 1 && only !== undefined ? only : 'target';
  return `${action.replaceAll('.', ' ')}: ${names} ${kind}${names === 1 ? '' : 's'}`;
}
