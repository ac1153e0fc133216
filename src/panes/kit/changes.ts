import type { Change } from '#engines/repo/types.ts';
import { type Line, span, type Tone } from './line.ts';
import type { Look } from './look.ts';
import { note } from './note.ts';
import { plain } from './plain.ts';

type Group = [title: string, tone: Tone, of: Change[]];

/** Changed files of one working tree, by what has become of them; `operation` is what is in progress there. */
export function changeLines(
  changes: readonly Change[],
  { operation }: { operation: string | null },
  look: Look,
): Line[] {
  if (changes.length === 0)
    return note(
      operation
        ? `A ${operation} is in progress, without changed files.`
        : 'No changes: the working tree is clean.',
    );
  return groupsOf(changes).flatMap(([title, tone, of], index): Line[] => [
    ...(index > 0 ? [[]] : []),
    [span(title, 'strong'), span(` ${of.length}`, 'quiet')],
    ...of.map(
      (change): Line => [span(`  ${letter(title, change)} `, tone), ...pathSpans(title, change, look)],
    ),
  ]);
}

/** A file that is staged and changed again stands in both. */
function groupsOf(changes: readonly Change[]): Group[] {
  const groups: Group[] = [
    ['Conflicts', 'bad', changes.filter(({ unstaged, staged }) => unstaged === 'U' || staged === 'U')],
    ['Staged', 'good', changes.filter(({ staged }) => !'.U?'.includes(staged))],
    ['Changed', 'warning', changes.filter(({ unstaged }) => !'.U?'.includes(unstaged))],
    ['Untracked', 'quiet', changes.filter(({ unstaged }) => unstaged === '?')],
  ];
  return groups.filter(([, , of]) => of.length > 0);
}

function letter(group: string, { staged, unstaged }: Change): string {
  return group === 'Staged' ? staged : unstaged;
}

function pathSpans(group: string, { path, from }: Change, look: Look): Line {
  const slash = path.lastIndexOf('/') + 1;
  const whole: Line = [span(plain(path.slice(0, slash)), 'quiet'), span(plain(path.slice(slash)))];
  return from && group === 'Staged'
    ? [span(plain(from), 'quiet'), span(` ${look.sign('into')} `, 'quiet'), ...whole]
    : whole;
}
