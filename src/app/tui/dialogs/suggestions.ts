import { type Candidate, isSubject, type Slot } from '#app/surface/completion/slot.ts';
import { quote } from '#engines/core/shell.ts';
import { visible } from '#engines/core/visible.ts';
import { typingIn } from '../menus/arguments.ts';
import { known } from '../menus/command-line.ts';
import { type Field, field } from '../state/field.ts';
import type { Form } from '../state/overlay.ts';
import type { State } from '../state/state.ts';
import { cardOf, type World } from '../state/world.ts';

interface Suggested {
  slot: Slot;
  /** What is typed of the word. */
  current: string;
  /** Where that begins. */
  at: number;
}

/** What the next word of the field that has the keys would be a value of. */
export function suggestedIn({ call, fields, at }: Form, world: World): Suggested | undefined {
  const properties = cardOf(world, call.action)?.input.properties ?? {};
  const one = fields[at];
  const property = one && properties[one.name];
  if (!one || !property?.completes) return undefined;
  const typing =
    property.type === 'array' ? typingIn(one.field.text) : { before: [], current: one.field.text, at: 0 };
  const subjects = Object.keys(properties)
    .filter((name) => isSubject(properties[name]))
    .flatMap((name) => [call.input[name] ?? fields.find((other) => other.name === name)?.field.text ?? []])
    .flat()
    .map(String);
  return {
    slot: { property, given: typing.before, subjects, isOpen: false, options: [] },
    current: typing.current,
    at: typing.at,
  };
}

/** What it could be, as far as it is known, the likeliest first. */
export function suggestions(overlay: Form, state: State, world: World): readonly Candidate[] {
  const suggested = suggestedIn(overlay, world);
  if (!suggested) return [];
  const { slot, current } = suggested;
  return known(slot, state).filter(
    ({ word }) => word === visible(word) && word !== current && word.startsWith(current),
  );
}

/** The field with the likeliest word in it; nothing where none is known. */
export function taken(overlay: Form, state: State, world: World): Field | undefined {
  const suggested = suggestedIn(overlay, world);
  const [first] = suggestions(overlay, state, world);
  if (!suggested || !first) return undefined;
  const before = overlay.fields[overlay.at]?.field.text.slice(0, suggested.at) ?? '';
  const isMany = suggested.slot.property?.type === 'array';
  return field(isMany ? `${before}${quote(first.word)} ` : first.word);
}
