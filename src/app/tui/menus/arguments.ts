import type { ActionCard, Property } from '#app/registry/card.ts';
import { kebab } from '#app/surface/line.ts';
import { wordsAt, wordsIn } from '#engines/core/shell.ts';
import { problemWith } from '../dialogs/values.ts';

export interface Arguments {
  input: Record<string, unknown>;
  problem?: string;
}

/** Reads what stands behind an action's words: its positionals in order, and `--name value` or `--name=value`; `--` ends the options. */
export function argumentsIn(card: ActionCard, text: string): Arguments {
  const words = wordsIn(text);
  const input: Record<string, unknown> = {};
  const positionals = Object.entries(card.input.properties).filter(([, { positional }]) => positional);
  let optionsEnded = false;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string;
    if (word === '--' && !optionsEnded) {
      optionsEnded = true;
      continue;
    }
    if (word.startsWith('-') && word !== '-' && !optionsEnded) {
      const found = optionOf(card, word);
      if (!found) return { input, problem: `${word} is no option of it` };
      const { name, property, value } = found;
      const text = property.type === 'boolean' ? 'true' : (value ?? words[++at] ?? '');
      const problem = problemWith(property, text, true);
      if (problem) return { input, problem: `${word.split('=')[0]}: ${problem}` };
      input[name] = property.type === 'boolean' ? true : typed(property, text, input[name]);
      continue;
    }
    const next = positionals[0];
    if (!next) return { input, problem: `it takes nothing more: ${word}` };
    const [name, property] = next;
    input[name] = typed(property, word, input[name]);
    if (property.type !== 'array') positionals.shift();
  }
  return { input };
}

function optionOf(
  card: ActionCard,
  word: string,
): { name: string; property: Property; value?: string } | undefined {
  const [flag = '', value] = word.split(/=(.*)/s);
  const entry = Object.entries(card.input.properties).find(
    ([name, { short }]) => flag === `--${kebab(name)}` || (short !== undefined && flag === `-${short}`),
  );
  return entry && { name: entry[0], property: entry[1], value };
}

function typed({ type }: Property, text: string, before: unknown): unknown {
  if (type === 'number' || type === 'integer') return Number(text);
  return type === 'array' ? [...(Array.isArray(before) ? before : []), text] : text;
}

/** Arguments with the one that is being typed apart: the last, where no space follows it. */
export interface Typing {
  before: string[];
  current: string;
  /** Where that one begins. */
  at: number;
}

export function typingIn(text: string): Typing {
  const words = wordsAt(text);
  const last = words.at(-1);
  const ends = last === undefined || last.to < text.length;
  const before = (ends ? words : words.slice(0, -1)).map((word) => word.text);
  return ends ? { before, current: '', at: text.length } : { before, current: last.text, at: last.from };
}
