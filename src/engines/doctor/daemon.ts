import type { Context } from '#engines/core/context.ts';
import { directoryChecks } from './checks/directories.ts';
import { serverChecks } from './checks/servers.ts';
import { servingCheck } from './checks/serving.ts';
import { toolChecks } from './checks/tools.ts';
import { unitChecks } from './checks/unit.ts';
import type { Check } from './types.ts';

/** In the order in which one would mend: what comes first may be the cause of what comes later. */
const CHECKS: readonly ((context: Context) => Promise<Check[]>)[] = [
  directoryChecks,
  toolChecks,
  servingCheck,
  serverChecks,
  unitChecks,
];

export async function readDaemon(_: unknown, context: Context): Promise<{ checks: Check[] }> {
  return { checks: (await Promise.all(CHECKS.map((look) => look(context)))).flat() };
}
