import { sized } from '#panes/kit/cells.ts';
import { type Line, span } from '#panes/kit/line.ts';
import { plain } from '#panes/kit/plain.ts';
import { inside, type Rect } from '../layout/rect.ts';
import type { State } from '../state/state.ts';
import type { Theme } from '../theme/theme.ts';
import { boxLines } from './box.ts';

/** The command itself is what a narrow log has room for. */
const WITH_TARGET = 56;
const WITH_WHO = 76;

/** The real commands as they ran, the latest last, and by whom. */
export function logBox(rect: Rect, { log, now }: State, theme: Theme): Line[] {
  const look = theme.look(now);
  const { width, height } = inside(rect);
  const more = look.sign('more');
  const lines = log.lines
    .slice(-height)
    .map(
      ({ at, who, target, command }): Line => [
        span(` ${clock(at)}  `, 'quiet'),
        ...(width < WITH_WHO ? [] : [span(`${sized(plain(who), 14, more)}  `, 'name')]),
        ...(width < WITH_TARGET ? [] : [span(`${sized(plain(target ?? ''), 14, more)}  `, 'strong')]),
        span(plain(command)),
      ],
    );
  return boxLines({
    rect,
    signs: theme.frame(false),
    tone: 'frame',
    title: [span('@ ', 'quiet'), span('Commands', 'strong')],
    lines:
      lines.length > 0 ? lines : [[span(' commands stand here as they run, whoever runs them', 'quiet')]],
    more,
  });
}

function clock(at: number): string {
  return new Date(at).toTimeString().slice(0, 8);
}
