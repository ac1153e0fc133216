import type { ActionCard, Property } from '#app/registry/card.ts';
import type { Candidate } from '#app/surface/completion/slot.ts';
import type { Failure } from '#engines/core/errors.ts';
import { sized } from '#panes/kit/cells.ts';
import { type Line, span } from '#panes/kit/line.ts';
import type { Look } from '#panes/kit/look.ts';
import { plain } from '#panes/kit/plain.ts';
import { wrapLine } from '#panes/kit/wrap.ts';
import { begin } from '../dispatch/call.ts';
import { field } from '../state/field.ts';
import type { Job } from '../state/job.ts';
import { ranged } from '../state/logs/range.ts';
import type { Form, FormField } from '../state/overlay.ts';
import type { State, Turn } from '../state/state.ts';
import { cardOf, type World } from '../state/world.ts';
import { closeTop, type Dialog, replaceTop } from './dialog.ts';
import { cursorSpans } from './field-line.ts';
import { suggestions, taken } from './suggestions.ts';
import { choicesOf, inputOf, problemWith } from './values.ts';

/** Cells that it would like, and lines of a field. */
const WIDTH = 72;
const PER_FIELD = 2;

/** Asks for an action's inputs, made from its schema and checked while they are typed. */
export const form: Dialog<Form> = {
  places: ({ fields, at }) => [
    ...(fields[at] && canTake(fields[at]) ? ['suggested'] : []),
    'form',
    'dialog',
    'text',
  ],
  field: ({ fields, at }) => fields[at]?.field,
  typed: (overlay, typed, state, world) => {
    const property = propertyAt(overlay, world);
    const choices = property && choicesOf(property, isRequired(overlay, world));
    return changeField(state, overlay, choices ? chosen(choices, overlay, typed.text) : typed);
  },
  act: (id, overlay, state, world) => {
    if (id === 'dialog.close') return closeTop(state);
    if (id === 'form.next') return to(state, overlay, overlay.at + 1);
    if (id === 'form.previous') return to(state, overlay, overlay.at - 1);
    if (id === 'form.take') {
      const field = taken(overlay, state, world);
      return field ? changeField(state, overlay, field) : state;
    }
    return id === 'form.submit' ? submit(state, overlay, world) : state;
  },
  draw: (overlay, state, world, { look, width: room, height }) => {
    const card = cardOf(world, overlay.call.action);
    const width = Math.max(...overlay.fields.map(({ name }) => name.length)) + 2;
    const head = [[span(card?.summary ?? '', 'quiet')], ...givenLines(overlay), []];
    const foot = overlay.failure ? failureLines(overlay.failure, Math.min(room, WIDTH)) : [];
    return {
      title: overlay.isRange ? 'Which lines are shown' : overlay.call.action.replaceAll('.', ' '),
      width: WIDTH,
      head,
      lines: overlay.fields.flatMap((one, index) =>
        fieldLines(one, {
          card,
          width,
          look,
          hasKeys: index === overlay.at,
          suggested: index === overlay.at ? suggestions(overlay, state, world) : [],
        }),
      ),
      top: Math.max(0, (overlay.at + 1) * PER_FIELD - (height - head.length - foot.length)),
      foot,
    };
  },
};

/** The first is what a key takes. */
function suggestedSpans([first, ...others]: readonly Candidate[], look: Look): Line {
  if (!first) return [];
  return [
    span(`  ${look.sign('into')} `, 'quiet'),
    span(plain(first.word), 'key'),
    ...others.slice(0, 6).map(({ word }) => span(`  ${plain(word)}`, 'quiet')),
  ];
}

/** Where the cursor has nothing to go on to, the key that moves it takes what is suggested. */
function canTake({ field: { text, cursor }, suggests }: FormField): boolean {
  return suggests && cursor === text.length;
}

/** Any key steps to the next choice, a choice's first letter to it. */
function chosen(choices: readonly string[], { fields, at }: Form, typed: string) {
  const now = fields[at]?.field.text ?? '';
  const letter = typed.replace(now, '');
  const named = choices.find((choice) => letter.trim() !== '' && choice.startsWith(letter));
  const next = choices[(choices.indexOf(now) + 1) % choices.length] ?? '';
  return field(named ?? next);
}

function changeField(state: State, overlay: Form, changed: FormField['field']): State {
  const fields = overlay.fields.map((one, index) =>
    index === overlay.at ? { ...one, field: changed } : one,
  );
  return replaceTop(state, { ...overlay, fields, failure: undefined });
}

function to(state: State, overlay: Form, at: number): State {
  const count = overlay.fields.length;
  return replaceTop(state, { ...overlay, at: (at + count) % count });
}

function submit(state: State, overlay: Form, world: World): State | Turn {
  const card = cardOf(world, overlay.call.action);
  if (!card) return closeTop(state);
  const wrong = overlay.fields.findIndex(
    ({ name, field: { text } }) => problemOf(card, name, text) !== undefined,
  );
  if (wrong !== -1) return to(state, overlay, wrong);
  if (overlay.isRange) return ranged(closeTop(state), inputOf(card, overlay));
  const begun = begin(closeTop(state), world, { ...overlay.call, input: inputOf(card, overlay) });
  return { ...begun, state: { ...begun.state, jobs: begun.state.jobs.map(keep(state, overlay)) } };
}

/** What was typed stays with the job that it has begun. */
function keep({ jobs }: State, form: Form) {
  return (job: Job): Job => (jobs.includes(job) ? job : { ...job, form });
}

function problemOf(card: ActionCard, name: string, text: string): string | undefined {
  return problemWith(card.input.properties[name] ?? {}, text, card.input.required?.includes(name) ?? false);
}

function propertyAt({ call, fields, at }: Form, world: World): Property | undefined {
  return cardOf(world, call.action)?.input.properties[fields[at]?.name ?? ''];
}

function isRequired({ call, fields, at }: Form, world: World): boolean {
  return cardOf(world, call.action)?.input.required?.includes(fields[at]?.name ?? '') ?? false;
}

interface FieldView {
  card: ActionCard | undefined;
  width: number;
  look: Look;
  hasKeys: boolean;
  suggested: readonly Candidate[];
}

/** A field is two lines, with keys or without, so that nothing moves while the keys do. */
function fieldLines(
  { name, field: { text, cursor } }: FormField,
  { card, width, look, hasKeys, suggested }: FieldView,
): Line[] {
  const property = card?.input.properties[name] ?? {};
  const problem = card && problemOf(card, name, text);
  const choices = choicesOf(property, card?.input.required?.includes(name) ?? false);
  const value: Line = property.secret
    ? [span(text ? 'typed, not shown' : '', 'quiet')]
    : hasKeys && !choices
      ? cursorSpans({ text, cursor })
      : [span(plain(text) || (property.type === 'boolean' ? 'false' : ''), hasKeys ? 'strong' : 'text')];
  const help = [
    property.description,
    property.unit && `in ${property.unit}`,
    choices?.filter(Boolean).join(' or '),
  ]
    .filter(Boolean)
    .join(', ');
  return [
    [
      span(hasKeys ? `${look.sign('selected')} ` : '  ', 'focus'),
      span(sized(name, width, look.sign('more')), hasKeys ? 'strong' : 'quiet'),
      ...value,
    ],
    [
      span(' '.repeat(width + 2)),
      ...(problem && text
        ? [span(problem, 'bad')]
        : [span(help, 'quiet'), ...suggestedSpans(suggested, look)]),
    ],
  ];
}

function failureLines({ message, meaning = '' }: Failure, width: number): Line[] {
  return [
    [],
    ...wrapLine([span(plain(message), 'bad')], width),
    ...(meaning ? wrapLine([span(plain(meaning), 'quiet')], width) : []),
  ];
}

function givenLines({ call: { input } }: Form): Line[] {
  const given = Object.entries(input).filter(([, value]) => !(Array.isArray(value) && value.length === 0));
  return given.map(([name, value]) => [
    span(`${name}: `, 'quiet'),
    span(plain(Array.isArray(value) ? value.join(', ') : String(value))),
  ]);
}
