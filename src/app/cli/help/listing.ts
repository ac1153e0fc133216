import type { ActionCard } from '#app/registry/card.ts';
import type { Style } from '#app/surface/style.ts';
import { PROGRAM } from '../cards.ts';
import { GLOBAL_OPTIONS, spelled } from '../globals.ts';

/** Every command by noun. */
export function rootHelp(cards: readonly ActionCard[], style: Style): string[] {
  const groups = Object.entries(
    Object.groupBy(cards, ({ id }) => (id.includes('.') ? (id.split('.')[0] as string) : '')),
  );
  return [
    PROGRAM.summary,
    '',
    `${style('strong', 'Usage')}  gantry                       the screen`,
    '       gantry <noun> <verb> [...]   one action',
    ...groups.flatMap(([noun, group = []]) => ['', style('strong', noun || 'everyday'), ...listing(group)]),
    '',
    style('strong', 'Everywhere'),
    ...columns(GLOBAL_OPTIONS.map(({ name, short, description }) => [spelled({ name, short }), description])),
    '',
    style('strong', 'Without a command'),
    ...columns(
      Object.entries(PROGRAM.input.properties).map(([name, { short, description = '' }]) => [
        spelled({ name, short }),
        description,
      ]),
    ),
  ];
}

/** The commands of one noun. */
export function nounHelp(noun: string, cards: readonly ActionCard[], style: Style): string[] {
  const group = cards.filter(({ id }) => id === noun || id.startsWith(`${noun}.`));
  return [`${style('strong', 'Usage')}  gantry ${noun} <verb> [...]`, '', ...listing(group)];
}

/** Two columns, the first as wide as its widest cell. */
export function columns(rows: readonly [string, string][]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`.trimEnd());
}

function listing(cards: readonly ActionCard[]): string[] {
  return columns(cards.map(({ id, summary }) => [id.replaceAll('.', ' '), summary]));
}
