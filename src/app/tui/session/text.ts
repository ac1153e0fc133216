import type { Outcome } from '#engines/core/invocation.ts';
import type { Json } from '#engines/core/json.ts';
import type { Line } from '#panes/kit/line.ts';
import { open } from '../dialogs/dialog.ts';
import { dataViewer, failureViewer } from '../dialogs/viewer.ts';
import type { Effect, State } from '../state/state.ts';
import type { Ask } from './ask.ts';

/** An action's data in lines, as the shell has them. */
async function textOf(action: string, data: Json): Promise<Line[]> {
  const [{ linesOf }, { meant, toned }] = await Promise.all([
    import('#app/surface/text/lines.ts'),
    import('../view/toned.ts'),
  ]);
  return (await linesOf(action, data, meant)).map(toned);
}

/** A query from the palette: its answer is something to read. */
export async function readable(
  { call, title }: Extract<Effect, { kind: 'query' }>,
  ask: Ask,
): Promise<(state: State) => State> {
  const answered = await ask(call);
  const viewer =
    'data' in answered
      ? dataViewer(title, await textOf(call.action, answered.data))
      : failureViewer(title, answered.failure);
  return (state) => open(state, viewer);
}

/** What a command came to, where that is something to read: the output of what it ran. */
export async function outputOf(action: string, outcome: Outcome): Promise<Line[] | undefined> {
  if (outcome.kind !== 'receipt' || outcome.data === undefined) return undefined;
  const { VIEWS } = await import('#app/surface/text/views.ts');
  return VIEWS[action] ? textOf(action, outcome.data) : undefined;
}
