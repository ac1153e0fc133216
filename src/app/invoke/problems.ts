import type * as z from 'zod/mini';
import type { ActionCard, Property } from '#app/registry/card.ts';
import { findCard } from '#app/registry/find.ts';
import { kebab } from '#app/surface/line.ts';
import type { Action } from '#engines/core/action.ts';
import type { Actor } from '#engines/core/actor.ts';

type Issue = z.core.$ZodIssue;

/** What is wrong with an input, in the words of the surface it came from: `repo log: --limit takes a whole number`. */
export function problemsIn(action: Action, issues: readonly Issue[], surface: Actor['surface']): string {
  const card = findCard(action.id) as ActionCard;
  const inShell = surface === 'shell';
  const problems = issues.map((issue) => problemOf(issue, card, inShell));
  return `${inShell ? action.id.replaceAll('.', ' ') : action.id}: ${[...new Set(problems)].join('; ')}.`;
}

function problemOf({ path, message, ...issue }: Issue, card: ActionCard, inShell: boolean): string {
  const name = path[0] === undefined ? undefined : String(path[0]);
  const property = name === undefined ? undefined : card.input.properties[name];
  if (name === undefined || !property)
    return `the input takes ${Object.keys(card.input.properties).join(', ') || 'nothing'}`;
  const shown = !inShell ? name : property.positional ? kebab(name) : `--${kebab(name)}`;
  const isMissing = issue.code === 'invalid_type' && issue.input === undefined;
  return isMissing ? `${shown} is missing` : `${shown} takes ${taken(property)}`;
}

function taken(property: Property): string {
  const { type, enum: choices, items, minItems, minLength } = property;
  if (choices) return `one of ${choices.join(', ')}`;
  switch (type) {
    case 'integer':
      return `a whole number${range(property)}`;
    case 'number':
      return `a number${range(property)}`;
    case 'boolean':
      return 'true or false';
    case 'array':
      return `a list, ${minItems ? `of at least ${minItems}, ` : ''}each ${items ? taken(items) : 'anything'}`;
    case 'object':
      return 'an object';
    default:
      return minLength ? 'text that is not empty' : 'text';
  }
}

function range({ minimum, maximum }: Property): string {
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`;
  if (minimum !== undefined) return ` of at least ${minimum}`;
  return maximum === undefined ? '' : ` of at most ${maximum}`;
}
