import type { Context } from '#engines/core/context.ts';
import { readServers } from '#engines/daemon/servers.ts';
import type { Check } from '../types.ts';
import { fine, wrong } from './verdict.ts';

/** The HTTP servers that the daemon has, or should have. */
export async function serverChecks({ paths }: Context): Promise<Check[]> {
  return readServers(paths).map(({ name, port, problem }) => {
    const check = `${name} server`;
    if (problem === null) return fine(check, `listens on http://127.0.0.1:${port}`);
    return wrong(check, `does not listen: ${problem}`, `gantry config set ${name}.port PORT`);
  });
}
