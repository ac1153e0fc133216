import { findAction } from '#app/registry/find.ts';
import { visibleJson } from '#engines/core/visible.ts';
import type { Style } from '../style.ts';
import { VIEWS } from './views.ts';

/** An action's data as lines for people. */
export async function linesOf(id: string, data: unknown, style: Style): Promise<string[]> {
  const view = VIEWS[id];
  if (view) return view(data as never, style);
  const action = await findAction(id);
  const schema = action && 'output' in action ? action.output : undefined;
  if (!schema) return [visibleJson(data)];
  const { dataLines } = await import('./data.ts');
  return dataLines(schema, data, style, Date.now());
}
