import type { Key } from '#keymaps/chord.ts';

/** What a terminal sends, told apart. */
export type InputEvent =
  /** `text` is what the key types into a field; empty where it types nothing. */
  | { kind: 'key'; key: Key; text: string }
  /** Never keys, whatever it contains. */
  | { kind: 'paste'; text: string }
  /** The terminal's answer to a question about itself. */
  | { kind: 'reply'; text: string };
