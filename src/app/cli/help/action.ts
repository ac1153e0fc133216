import type { ActionCard, Property } from '#app/registry/card.ts';
import { commandLine } from '#app/surface/plan.ts';
import type { Style } from '#app/surface/style.ts';
import type { Json } from '#engines/core/json.ts';
import { GLOBAL_OPTIONS, kebab } from '../globals.ts';
import { columns } from './listing.ts';

/** What an action does, its arguments and options, and examples, all from its schema. */
export function actionHelp(card: ActionCard, style: Style): string[] {
  const properties = Object.entries(card.input.properties);
  const positionals = properties.filter(([, property]) => property.positional);
  const options = properties.filter(([, property]) => !property.positional);
  const section = (title: string, rows: [string, string][]) =>
    rows.length === 0 ? [] : ['', style('strong', title), ...columns(rows)];
  return [
    card.summary,
    '',
    `${style('strong', 'Usage')}  gantry ${card.id.replaceAll('.', ' ')}${usage(card, positionals)}`,
    ...section(
      'Arguments',
      positionals.map(([name, property]) => [kebab(name), describe(property)]),
    ),
    ...section(
      'Options',
      options.map(([name, property]) => [optionName(name, property), describe(property)]),
    ),
    ...section(
      'Everywhere',
      GLOBAL_OPTIONS.map(({ name, short, value, description }) => [
        `${short ? `-${short}, ` : ''}--${name}${value ? ` <${value}>` : ''}`,
        description,
      ]),
    ),
    ...section(
      'Examples',
      card.examples.map(({ title, input }) => [shellLine(card, input), title]),
    ),
  ];
}

/** The shell form of a call: `gantry repo reset api --to main`. */
export function shellLine(card: ActionCard, input: Record<string, Json>): string {
  const words: string[] = [];
  const positionals: string[] = [];
  for (const [name, property] of Object.entries(card.input.properties)) {
    const value = input[name];
    if (value === undefined || value === null || value === false) continue;
    const values = (Array.isArray(value) ? value : [value]).map(String);
    if (property.positional) positionals.push(...values);
    else if (value === true) words.push(`--${kebab(name)}`);
    else words.push(...values.flatMap((one) => [`--${kebab(name)}`, one]));
  }
  const guarded = needsGuard(card, positionals) ? ['--', ...positionals] : positionals;
  return commandLine(['gantry', ...card.id.split('.'), ...words, ...guarded]);
}

/** A positional that looks like an option, or that an option of many values before it would swallow. */
function needsGuard({ input }: ActionCard, positionals: readonly string[]): boolean {
  const swallows = Object.values(input.properties).some(
    ({ positional, type }) => !positional && type === 'array',
  );
  return positionals.length > 0 && (swallows || positionals.some((word) => word.startsWith('-')));
}

function usage(card: ActionCard, positionals: [string, Property][]): string {
  const required = new Set(card.input.required);
  const words = positionals.map(([name, { type }]) => {
    const shown = kebab(name) + (type === 'array' ? '...' : '');
    return required.has(name) ? ` <${shown}>` : ` [${shown}]`;
  });
  return `${words.join('')} [options]`;
}

function optionName(name: string, { short, type, unit }: Property): string {
  const value = type === 'boolean' ? '' : ` <${unit?.split(' ')[0] ?? 'value'}>`;
  return `${short ? `-${short}, ` : ''}--${kebab(name)}${value}`;
}

function describe({ description = '', unit, enum: choices, default: fallback }: Property): string {
  const asides = [
    ...(choices ? [choices.join(', ')] : []),
    ...(unit ? [unit] : []),
    ...(fallback !== undefined && fallback !== false && !Array.isArray(fallback)
      ? [`default ${String(fallback)}`]
      : []),
  ];
  return asides.length > 0 ? `${description} (${asides.join('; ')})` : description;
}
