import { commandOf } from '#app/cli/argv/parse.ts';
import type { ActionCard, Property } from '#app/registry/card.ts';
import { kebab } from '#app/surface/line.ts';
import { typeOf } from './fields.ts';
import { code } from './markdown.ts';
import type { JsonSchema } from './schema.ts';

/** The command line of an action as its parser reads it. */
export function usageLine(card: ActionCard): string {
  return `gantry ${card.id.replaceAll('.', ' ')} ${commandOf(card).usage()}`;
}

/** Arguments, then options, each with its type, its default and what it is. */
export function inputRows(card: ActionCard): string[][] {
  const command = commandOf(card);
  const shown = ([name, { positional }]: [string, Property]) => {
    if (positional) return command.registeredArguments.find((one) => one.name() === kebab(name))?.name();
    return command.options.find((one) => one.long === `--${kebab(name)}`)?.flags;
  };
  const required = new Set(card.input.required);
  return Object.entries(card.input.properties)
    .sort(([, a], [, b]) => Number(b.positional ?? false) - Number(a.positional ?? false))
    .map(([name, property]) => [
      code(shown([name, property]) ?? name),
      property.type === 'boolean' ? 'flag' : typeOf(property as JsonSchema),
      required.has(name) ? 'required' : fallbackOf(property),
      `${property.description ?? ''}${property.unit ? ` (${property.unit})` : ''}`,
    ]);
}

function fallbackOf({ default: fallback }: Property): string {
  if (fallback === undefined || fallback === false) return '';
  if (Array.isArray(fallback) && fallback.length === 0) return '';
  return code(typeof fallback === 'string' ? fallback : JSON.stringify(fallback));
}
