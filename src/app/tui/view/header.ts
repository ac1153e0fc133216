import { type Line, lineCells, span } from '#panes/kit/line.ts';
import { plain } from '#panes/kit/plain.ts';
import type { Layout } from '../layout/layout.ts';
import type { State } from '../state/state.ts';
import type { World } from '../state/world.ts';
import { tidyPath } from './path.ts';

/** Where the screen works and whether what it shows is live; in a small terminal, which panes there are. */
export function headerLine(state: State, world: World, { tabs, header: { width } }: Layout): Line {
  const right = connectionSpans(state);
  const left = tabs
    ? tabSpans(state, world, width - lineCells(right) - 2)
    : scopeSpans(state, world, width - lineCells(right) - 3);
  const gap = Math.max(1, width - lineCells(left) - lineCells(right) - 1);
  return [...left, span(' '.repeat(gap)), ...right];
}

function scopeSpans({ scope }: State, world: World, room: number): Line {
  const directory = tidyPath(
    scope.kind === 'workspace' ? scope.root : scope.directory,
    world.home,
    world.sign('more'),
  );
  const name = scope.kind === 'workspace' ? scope.name : 'no workspace';
  const start: Line = [span(' gantry', 'focus'), span('  '), span(plain(name), 'strong')];
  const path: Line = [span('  '), span(plain(directory), 'quiet')];
  return lineCells(start) + lineCells(path) <= room ? [...start, ...path] : start;
}

/** Every pane by number and name; where that is too long, only the one with the keys by its name. */
function tabSpans({ focus }: State, { panes }: World, room: number): Line {
  const tabs = (named: (id: string) => boolean) =>
    panes.flatMap(({ id, number, title }) => [
      span(' '),
      span(`${number ?? ''} `, 'quiet'),
      ...(named(id)
        ? [span(id === focus ? `[${title}]` : ` ${title} `, id === focus ? 'focus' : 'quiet')]
        : []),
    ]);
  const all = tabs(() => true);
  return lineCells(all) <= room ? all : tabs((id) => id === focus);
}

function connectionSpans({ connection }: State): Line {
  if (connection.kind === 'lost') return [span('disconnected', 'bad')];
  return connection.kind === 'connecting' ? [span('connecting', 'quiet')] : [];
}
