import type { ActionCard, Property } from '#app/registry/card.ts';
import { wordsIn } from '#engines/core/shell.ts';
import type { Form } from '../state/overlay.ts';

/** What is wrong with a field's text, in the middle of a sentence; nothing where it will do. */
export function problemWith(property: Property, text: string, required: boolean): string | undefined {
  if (text.trim() === '') return required ? 'it is needed' : undefined;
  const type = property.type ?? 'string';
  if (type === 'number' || type === 'integer') return numberProblem(property, text);
  if (property.enum && !property.enum.includes(text)) return `one of ${property.enum.join(', ')}`;
  return undefined;
}

function numberProblem({ type, minimum, maximum }: Property, text: string): string | undefined {
  const value = Number(text);
  if (Number.isNaN(value)) return 'it has to be a number';
  if (type === 'integer' && !Number.isInteger(value)) return 'it has to be a whole number';
  if (minimum !== undefined && value < minimum) return `at least ${minimum}`;
  if (maximum !== undefined && value > maximum) return `at most ${maximum}`;
  return undefined;
}

/** The input that a form's texts come to; what was left empty is left out. */
export function inputOf(card: ActionCard, { call, fields }: Form): Record<string, unknown> {
  const input = { ...call.input };
  for (const { name, field } of fields) {
    const value = typedValue(card.input.properties[name] ?? {}, field.text);
    if (value !== undefined) input[name] = value;
  }
  return input;
}

function typedValue({ type }: Property, text: string): unknown {
  if (type === 'boolean') return text === 'true';
  if (text.trim() === '') return undefined;
  if (type === 'number' || type === 'integer') return Number(text);
  return type === 'array' ? wordsIn(text) : text;
}

/** What a choice field can be, in order, nothing too where it may be left open; nothing for a field that is typed. */
export function choicesOf(property: Property, required: boolean): readonly string[] | undefined {
  const { type, enum: values, default: usual } = property;
  if (type === 'boolean') return ['false', 'true'];
  return values && !required && usual === undefined ? ['', ...values] : values;
}
