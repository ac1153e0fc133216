import type { ActionCard, Property } from '#app/registry/card.ts';
import { kebab } from '#app/surface/line.ts';

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
      if (property.type === 'boolean') input[name] = true;
      else input[name] = typed(property, value ?? words[++at] ?? '', input[name]);
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

/** Words as a POSIX shell takes them apart: quoted parts join what stands beside them. */
function wordsIn(text: string): string[] {
  return [...text.matchAll(/(?:"[^"]*"|'[^']*'|\\.|[^\s"'\\])+/g)].map(([word]) =>
    word.replaceAll(
      /"([^"]*)"|'([^']*)'|\\(.)/g,
      (_, double, single, escaped) => double ?? single ?? escaped,
    ),
  );
}
