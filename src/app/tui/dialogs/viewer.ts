import type { Failure } from '#engines/core/errors.ts';
import { type Line, lineCells, skipLine, span } from '#panes/kit/line.ts';
import { plain } from '#panes/kit/plain.ts';
import { wrapLine } from '#panes/kit/wrap.ts';
import type { Viewer } from '../state/overlay.ts';
import { turn } from '../state/state.ts';
import { closeTop, type Dialog } from './dialog.ts';

export const viewer: Dialog<Viewer> = {
  places: () => ['viewer', 'dialog', 'scroll'],
  act: (id, { stream }, state) => {
    if (id !== 'viewer.close' && id !== 'dialog.close') return state;
    const closed = closeTop(state);
    return stream ? turn(closed, { kind: 'unfollow', stream: stream.id }) : closed;
  },
  draw: ({ title, lines, top, tone, stream, left }, _state, _world, { width, height }) => {
    const shown = left === undefined ? wrapped(lines, width) : lines.map((line) => skipLine(line, left));
    return {
      title: stream?.isLive ? `${title}, live` : title,
      width: stream ? width : Math.max(50, ...lines.map(lineCells)),
      lines: stream ? filled(shown, height) : shown,
      top,
      warns: tone === 'bad',
    };
  },
};

/** An action's data to be read, in lines that are as long as they are. */
export function dataViewer(title: string, lines: readonly Line[]): Viewer {
  return { kind: 'viewer', title, lines, top: 0, left: 0 };
}

function wrapped(lines: readonly Line[], width: number): Line[] {
  return lines.flatMap((line) => wrapLine(line, width));
}

/** What goes on growing has all the room from the beginning. */
function filled(lines: readonly Line[], height: number): Line[] {
  return [...lines, ...Array.from({ length: Math.max(0, height - lines.length) }, () => [])];
}

/** What happened, what it means, and what to try next. */
export function failureViewer(title: string, { message, meaning, next = [] }: Failure): Viewer {
  const lines: Line[] = [[span(plain(message), 'strong')]];
  if (meaning) lines.push([span(plain(meaning), 'quiet')]);
  if (next.length > 0) lines.push([], [span('try next', 'quiet')]);
  for (const command of next) lines.push([span('  '), span(plain(command), 'key')]);
  return { kind: 'viewer', title, lines, top: 0, tone: 'bad' };
}
