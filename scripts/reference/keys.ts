import { DEFAULT } from '#keymaps/default.ts';
import type { Entry } from '#keymaps/entry.ts';
import { STRICT } from '#keymaps/strict.ts';
import { code, page, paragraphs, table } from './markdown.ts';

/** Every key of the screen, from the tables that the dispatcher reads. */
export function keysPage(): string {
  const strict = new Map(STRICT.map((entry) => [entry.id, entry]));
  const groups = Map.groupBy(DEFAULT, ({ group }) => group);
  return page(
    'Keys',
    'Every row can be given other keys, or none, in `keymap.toml` by its id. The last column is the keymap `strict`, where it ' +
      'differs.',
    ...[...groups].map(([group, entries]) =>
      paragraphs(
        `## ${group}`,
        table(
          ['keys', 'what they do', 'id', 'where', 'strict'],
          entries.map((entry) => row(entry, strict.get(entry.id))),
        ),
      ),
    ),
  );
}

function row(entry: Entry, strict: Entry | undefined): string[] {
  const keys = keysOf(entry);
  const strictKeys = strict ? keysOf(strict) : 'none';
  return [keys, entry.label, code(entry.id), entry.where.join(', '), strictKeys === keys ? '' : strictKeys];
}

function keysOf({ keys }: Entry): string {
  return keys.map(code).join(' ');
}
