import type { Worktree } from '#engines/worktree/types.ts';
import { changeSpans } from '../kit/figures.ts';
import { type Line, span } from '../kit/line.ts';
import { plain } from '../kit/plain.ts';
import type { Call, Offer } from '../pane.ts';
import { isDirty, nameOf } from './row.ts';

/** What worktrees can be given to; the keys stand in the keymap. */
export const offers: readonly Offer<Worktree>[] = [
  { id: 'worktree.add', takes: 'none', call: () => ({ action: 'worktree.add', input: {} }) },
  onSet('worktree.remove', {
    call: (rows) => ({ ...calling('worktree.remove', rows), preview: () => rows.flatMap(leaving) }),
    unable: (row) => withoutSet(row) ?? (row.locked === null ? undefined : 'it is locked'),
  }),
  onSet('worktrees.lock', {
    call: (rows) =>
      calling(rows.every(({ locked }) => locked !== null) ? 'worktree.unlock' : 'worktree.lock', rows),
  }),
  {
    id: 'worktrees.lease',
    takes: 'one',
    call: ([row]) => ({
      action: row?.lease ? 'lease.release' : 'lease.take',
      input: { name: row?.set ?? undefined, repo: row?.repo },
    }),
    unable: withoutSet,
  },
  onSet('worktree.exec', {}),
  { id: 'worktree.prune', takes: 'none', call: () => ({ action: 'worktree.prune', input: {} }) },
];

function onSet(id: string, own: Partial<Offer<Worktree>>): Offer<Worktree> {
  return {
    id,
    takes: 'many',
    call: (rows) => calling(id, rows),
    unable: withoutSet,
    apart: (rows) =>
      new Set(rows.map(({ set }) => set)).size > 1 ? 'they are of different sets' : undefined,
    ...own,
  };
}

/** A set is called by its name, which a row by hand has not. */
function calling(action: string, rows: readonly Worktree[]): Call {
  const [first] = rows;
  return { action, input: { name: first?.set ?? undefined, repos: rows.map(({ repo }) => repo) } };
}

function withoutSet({ set }: Worktree): string | undefined {
  return set === null ? 'it was made by hand and is in no set' : undefined;
}

/** What stands in a worktree that goes. */
function leaving(row: Worktree): Line[] {
  const found: Line = isDirty(row)
    ? [span('  has changes: ', 'warning'), ...changeSpans(row)]
    : [span('  has no changes', 'quiet')];
  const held: Line = row.lease === null ? [] : [span(`  held by ${plain(row.lease)}`, 'warning')];
  return [[span(plain(nameOf(row)), 'strong'), ...found, ...held]];
}
