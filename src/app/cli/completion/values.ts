import { openHost } from '#app/invoke/host.ts';
import { ACTIONS } from '#app/registry/actions.ts';
import type { Values } from '#app/surface/completion/slot.ts';
import { rowsIn, valuesFrom } from '#app/surface/completion/values.ts';
import { pathsFrom } from '#engines/core/paths.ts';
import { shellCaller } from '../caller.ts';
import type { Globals } from '../globals.ts';

/** Values from the workspace that the line means; whatever can't be read completes to nothing. */
export const workspaceValues =
  (globals: Globals): Values =>
  async (completes, subjects) => {
    const host = openHost({ env: process.env, paths: pathsFrom(process.env), now: Date.now });
    try {
      const caller = shellCaller({
        globals,
        cwd: process.cwd(),
        interactive: false,
        signal: new AbortController().signal,
        report: () => {},
      });
      const rows = async (action: string, input: unknown) => {
        const outcome = await host.invoke({ action, input }, caller);
        return outcome.kind === 'data' ? rowsIn(outcome.data) : [];
      };
      return await valuesFrom(rows, ACTIONS)(completes, subjects);
    } finally {
      await host.close();
    }
  };
