import type { Failure } from '#engines/core/errors.ts';
import { type Line, lineCells, span } from '#panes/kit/line.ts';
import { plain } from '#panes/kit/plain.ts';
import { wrapLine } from '#panes/kit/wrap.ts';
import type { Viewer } from '../state/overlay.ts';
import { closeTop, type Dialog } from './dialog.ts';

export const viewer: Dialog<Viewer> = {
  places: () => ['viewer', 'dialog', 'scroll'],
  act: (id, _, state) => (id === 'viewer.close' || id === 'dialog.close' ? closeTop(state) : state),
  draw: ({ title, lines, top, tone }, _state, _world, { width }) => ({
    title,
    width: Math.max(50, ...lines.map(lineCells)),
    lines: lines.flatMap((line) => wrapLine(line, width)),
    top,
    warns: tone === 'bad',
  }),
};

/** What happened, what it means, and what to try next. */
export function failureViewer(title: string, { message, meaning, next = [] }: Failure): Viewer {
  const lines: Line[] = [[span(plain(message), 'strong')]];
  if (meaning) lines.push([span(plain(meaning), 'quiet')]);
  if (next.length > 0) lines.push([], [span('try next', 'quiet')]);
  for (const command of next) lines.push([span('  '), span(plain(command), 'key')]);
  return { kind: 'viewer', title, lines, top: 0, tone: 'bad' };
}
