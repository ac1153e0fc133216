import { cells } from '#panes/kit/cells.ts';
import { type Line, span, textOf } from '#panes/kit/line.ts';
import { plain } from '#panes/kit/plain.ts';
import type { State } from '../state/state.ts';
import type { World } from '../state/world.ts';
import { tidyPath } from './path.ts';

/** The first screen where there is no workspace: what could be taken in, or a demo to try. */
export function welcomeLines(state: State, world: World): Line[] {
  const { scope, cols, rows } = state;
  if (scope.kind !== 'none') return [];
  const key = (id: string) => world.keymap.keyFor(id);
  const lines: Line[] = [
    [span('There is no workspace here', 'strong')],
    [span('A workspace is a directory with a list of repositories that belong together.', 'quiet')],
    [span('You are in '), span(plain(tidyPath(scope.directory, world.home, world.sign('more'))), 'name')],
    [],
    [span(key('welcome.adopt'), 'key'), ...adoptSpans(scope.found)],
    [span(key('welcome.demo'), 'key'), span('  make a demo workspace of eight repositories, to try things')],
    [span(key('palette.open'), 'key'), span('  any other command')],
    [span(key('screen.quit'), 'key'), span('  quit')],
  ];
  const width = Math.min(cols - 4, Math.max(...lines.map((line) => cells(textOf(line)))));
  const left = ' '.repeat(Math.max(2, Math.floor((cols - width) / 2)));
  const above = Math.max(0, Math.floor((rows - 3 - lines.length) / 2) - 1);
  return [...Array.from({ length: above }, () => []), ...lines.map((line): Line => [span(left), ...line])];
}

function adoptSpans(found: number | undefined): Line {
  if (found === undefined)
    return [span('  take in the repositories below it, '), span('which are being looked for', 'quiet')];
  if (found === 0)
    return [span('  take in the repositories below it: ', 'quiet'), span('there are none', 'quiet')];
  return [
    span(found === 1 ? '  take in the repository below it' : `  take in the ${found} repositories below it`),
  ];
}
