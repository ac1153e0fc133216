import type { ActionCard } from '#app/registry/card.ts';
import type { Style } from '#app/surface/style.ts';
import { spelled } from '../globals.ts';
import type { Program } from '../program.ts';

/** Every command by noun. */
export function rootHelp({ usage, bare, cards, options }: Program, style: Style): string[] {
  const groups = Object.entries(
    Object.groupBy(cards, ({ id }) => (id.includes('.') ? (id.split('.')[0] as string) : '')),
  );
  return [
    bare.summary,
    '',
    ...usage.map((form, index) => `${index === 0 ? style('strong', 'Usage') : '     '}  ${form}`),
    ...groups.flatMap(([noun, group = []]) => ['', style('strong', noun || 'everyday'), ...listing(group)]),
    '',
    style('strong', 'Everywhere'),
    ...columns(options.map(({ name, short, description }) => [spelled({ name, short }), description])),
    '',
    style('strong', 'Without a command'),
    ...columns(
      Object.entries(bare.input.properties).map(([name, { short, description = '' }]) => [
        spelled({ name, short }),
        description,
      ]),
    ),
  ];
}

/** The commands of one noun. */
export function nounHelp(noun: string, { name: program, cards }: Program, style: Style): string[] {
  const group = cards.filter(({ id }) => id === noun || id.startsWith(`${noun}.`));
  return [`${style('strong', 'Usage')}  ${program} ${noun} <verb> [...]`, '', ...listing(group)];
}

/** Two columns, the first as wide as its widest cell. */
export function columns(rows: readonly [string, string][]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`.trimEnd());
}

function listing(cards: readonly ActionCard[]): string[] {
  return columns(cards.map(({ id, summary }) => [id.replaceAll('.', ' '), summary]));
}
