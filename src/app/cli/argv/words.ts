import type { ActionCard } from '#app/registry/card.ts';
import { GLOBAL_OPTIONS, type GlobalOption } from '../globals.ts';

/** What the words of a command line name: an action, or a noun whose actions can be listed. */
export interface Named<Card = ActionCard> {
  card?: Card;
  /** The words before the arguments, as far as they name anything. */
  words: string[];
  /** Words behind those: arguments, or what names nothing. */
  strays: string[];
  /** Everything else: arguments and options, in order. */
  rest: string[];
}

/** Finds the action that the words name, longest id first; options may stand before, between and after them. */
export function nameAction<Card extends Pick<ActionCard, 'id'>>(
  argv: readonly string[],
  cards: readonly Card[],
  options: readonly GlobalOption[] = GLOBAL_OPTIONS,
): Named<Card> {
  const positions = wordPositions(argv, options);
  const all = positions.map((position) => argv[position] as string);
  for (let length = Math.min(3, all.length); length > 0; length--) {
    const id = all.slice(0, length).join('.');
    const card = cards.find((one) => one.id === id);
    if (card) return { card, ...split(length) };
  }
  const isNoun = all[0] !== undefined && cards.some((card) => card.id.startsWith(`${all[0]}.`));
  return split(isNoun ? 1 : 0);

  function split(length: number): Omit<Named<Card>, 'card'> {
    return {
      words: all.slice(0, length),
      strays: all.slice(length),
      rest: without(argv, positions.slice(0, length)),
    };
  }
}

/** Whether help is asked for; behind `--` everything is an argument. */
export function wantsHelp(rest: readonly string[]): boolean {
  const end = rest.indexOf('--');
  return rest.slice(0, end === -1 ? undefined : end).some((word) => word === '--help' || word === '-h');
}

/** Where words stand that are neither options nor values of global options; `--` ends them. */
function wordPositions(argv: readonly string[], options: readonly GlobalOption[]): number[] {
  const valued = new Set(
    options
      .filter((option) => option.value)
      .flatMap(({ name, short }) => [`--${name}`, ...(short ? [`-${short}`] : [])]),
  );
  const positions: number[] = [];
  for (let index = 0; index < argv.length; index++) {
    const word = argv[index] as string;
    if (word === '--') break;
    if (valued.has(word)) index++;
    else if (!word.startsWith('-')) positions.push(index);
  }
  return positions;
}

function without(argv: readonly string[], positions: number[]): string[] {
  return argv.filter((_, index) => !positions.includes(index));
}
