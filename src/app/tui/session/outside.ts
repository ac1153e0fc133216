import { plain } from '#panes/kit/plain.ts';
import type { Destination } from '#panes/pane.ts';
import { open } from '../dialogs/dialog.ts';
import { failureViewer } from '../dialogs/viewer.ts';
import { saying } from '../dispatch/call.ts';
import { field } from '../state/field.ts';
import type { Effect, State } from '../state/state.ts';
import type { World } from '../state/world.ts';
import type { Ask } from './ask.ts';

type Show = (destination: Destination) => Promise<string | undefined>;

/** Shows a row outside of the terminal; where that can't be, the copy menu has what would have been opened. */
export async function openOutside(
  { pane: id, row }: Extract<Effect, { kind: 'open' }>,
  world: World,
  ask: Ask,
  show: Show,
): Promise<(state: State) => State> {
  const pane = world.panes.find((one) => one.id === id);
  if (!pane?.opens) return (state) => state;
  const name = pane.name(row);
  const question = pane.opens.ask?.(row);
  const answered = question ? await ask(question) : { data: undefined };
  if ('failure' in answered) return (state) => open(state, failureViewer(plain(name), answered.failure));
  const destination = pane.opens.destination(row, answered.data);
  if (!destination) return (state) => saying(state, `${name}: ${pane.opens?.missing}`);
  const problem = await show(destination);
  const where = destination.kind === 'page' ? destination.url : destination.path;
  return (state) =>
    problem === undefined
      ? saying(state, `opened ${where}`, 'good')
      : offering(saying(state, problem), destination.kind === 'page' ? 'web page' : 'directory', where);
}

function offering(state: State, label: string, text: string): State {
  return open(state, {
    kind: 'menu',
    source: 'copy',
    field: field(),
    selected: 0,
    offered: [{ label, text }],
  });
}
