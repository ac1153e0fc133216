import type { ActionCard, Property } from '#app/registry/card.ts';
import { kebab, shellLine } from '#app/surface/line.ts';
import type { Style } from '#app/surface/style.ts';
import { spelled } from '../globals.ts';
import { GANTRY, type Program } from '../program.ts';
import { columns } from './listing.ts';

/** What an action does, its arguments and options, and examples, all from its schema; and what its word begins. */
export function actionHelp(card: ActionCard, style: Style, program: Program = GANTRY): string[] {
  const beneath = program.cards.filter(({ id }) => id.startsWith(`${card.id}.`));
  const properties = Object.entries(card.input.properties);
  const positionals = properties.filter(([, property]) => property.positional);
  const options = properties.filter(([, property]) => !property.positional);
  const section = (title: string, rows: [string, string][]) =>
    rows.length === 0 ? [] : ['', style('strong', title), ...columns(rows)];
  return [
    card.summary,
    '',
    `${style('strong', 'Usage')}  ${program.name} ${card.id.replaceAll('.', ' ')}${usage(card, positionals)}`,
    ...section(
      'Commands',
      beneath.map(({ id, summary }) => [id.replaceAll('.', ' '), summary]),
    ),
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
      program.options.map((option) => [spelled(option), option.description]),
    ),
    ...section(
      'Examples',
      card.examples.map(({ title, input }) => [shellLine(card, { input }), title]),
    ),
  ];
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
  const value = type === 'boolean' ? undefined : (unit?.split(' ')[0] ?? 'value');
  return spelled({ name: kebab(name), short, value });
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
