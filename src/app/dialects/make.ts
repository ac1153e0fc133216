import { exitCodeOf } from '#app/surface/exit.ts';
import { EXIT } from '#engines/core/errors.ts';
import type { Caller, Host } from '#engines/core/host.ts';
import type { Invocation } from '#engines/core/invocation.ts';
import type { Call, Made } from './dialect.ts';

interface Making extends Pick<Invocation, 'dryRun' | 'approval'> {
  host: Host;
  caller: Caller;
}

/** Makes calls one after the other, as long as they come out well; a dry run ends with the first plan. */
export async function makeCalls(
  calls: readonly Call[],
  { host, caller, ...how }: Making,
): Promise<readonly Made[]> {
  const made: Made[] = [];
  for (const call of calls) {
    const { action, input, workspace } = call;
    const at = workspace === undefined ? caller : { ...caller, workspace };
    const outcome = await host.invoke({ action, input, ...how }, at);
    made.push({ ...call, outcome });
    if (exitCodeOf(outcome) !== EXIT.ok || outcome.kind === 'plan') break;
  }
  return made;
}
