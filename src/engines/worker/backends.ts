import type { Context } from '#engines/core/context.ts';
import { findProgram } from '#engines/process/program.ts';
import { readBackends } from './backend/read.ts';
import type { BackendRow } from './row.ts';

/** Every backend, and whether its program is there. */
export async function readBackendList(_: object, context: Context): Promise<{ backends: BackendRow[] }> {
  const backends = await readBackends(context);
  return {
    backends: backends.map(({ name, origin, commands, dialect, health }) => {
      const looksFor = commands.map(([program = '']) => program);
      const found = looksFor.map((program) => findProgram(program, context));
      return {
        name,
        origin,
        program: found.find((file) => file !== undefined) ?? null,
        looksFor,
        dialect,
        health,
      };
    }),
  };
}
