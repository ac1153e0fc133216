import { styleText } from 'node:util';

/** Meanings that text can have; colour never carries one alone. */
export type Meaning = 'good' | 'warning' | 'bad' | 'quiet' | 'strong' | 'name';

export type Style = (meaning: Meaning, text: string) => string;

const FORMATS = {
  good: 'green',
  warning: 'yellow',
  bad: 'red',
  quiet: 'dim',
  strong: 'bold',
  name: 'cyan',
} as const;

/** Colours where they are wanted, plain text elsewhere. */
export function styleFor(coloured: boolean): Style {
  if (!coloured) return (_, text) => text;
  return (meaning, text) => styleText(FORMATS[meaning], text, { validateStream: false });
}
