/** A text that is being typed, and where the next character goes. */
export interface Field {
  text: string;
  cursor: number;
}

export function field(text = ''): Field {
  return { text, cursor: text.length };
}

/** One line of text goes in: a paste loses its line ends. */
export function insert({ text, cursor }: Field, typed: string): Field {
  const line = typed.replaceAll(/[\r\n]+/g, ' ').replaceAll(/\p{Control}/gu, '');
  return { text: text.slice(0, cursor) + line + text.slice(cursor), cursor: cursor + line.length };
}

type Edit = (field: Field) => Field;

/** What the ids of the keymap's text keys do. */
export const EDITS: Record<string, Edit> = {
  'text.left': ({ text, cursor }) => ({ text, cursor: cursor - lengthBefore(text, cursor) }),
  'text.right': ({ text, cursor }) => ({ text, cursor: cursor + lengthAfter(text, cursor) }),
  'text.start': ({ text }) => ({ text, cursor: 0 }),
  'text.end': ({ text }) => field(text),
  'text.delete-left': ({ text, cursor }) => remove(text, cursor - lengthBefore(text, cursor), cursor),
  'text.delete-right': ({ text, cursor }) => remove(text, cursor, cursor + lengthAfter(text, cursor)),
  'text.delete-word': ({ text, cursor }) =>
    remove(text, text.slice(0, cursor).replace(/\S*\s*$/, '').length, cursor),
  'text.delete-all': ({ text, cursor }) => remove(text, 0, cursor),
};

function remove(text: string, from: number, to: number): Field {
  return { text: text.slice(0, from) + text.slice(to), cursor: from };
}

function lengthBefore(text: string, cursor: number): number {
  return [...text.slice(0, cursor)].at(-1)?.length ?? 0;
}

function lengthAfter(text: string, cursor: number): number {
  return [...text.slice(cursor, cursor + 2)][0]?.length ?? 0;
}
