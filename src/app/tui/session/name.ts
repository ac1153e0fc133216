import type { Ask } from './ask.ts';
import type { Keeper } from './keeper.ts';

/** Calls the workspace as its manifest does; until that is known, and where it can't be read, as its directory. */
export async function tellName(ask: Ask, keeper: Keeper): Promise<void> {
  const answered = await ask({ action: 'workspace.show', input: {} });
  if (!('data' in answered)) return;
  const { name } = answered.data as { name: string };
  keeper.change(
    ({ scope, ...state }) => ({ ...state, scope: scope.kind === 'workspace' ? { ...scope, name } : scope }),
    'soon',
  );
}
