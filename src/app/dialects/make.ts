import { exitCodeOf } from '#app/surface/exit.ts';
import { EXIT, GantryError } from '#engines/core/errors.ts';
import type { Caller, Host } from '#engines/core/host.ts';
import type { Invocation } from '#engines/core/invocation.ts';
import type { Acting, Call, Given, Made, Place } from './dialect.ts';
import { failureIn } from './told.ts';

interface Making extends Pick<Invocation, 'dryRun' | 'approval'> {
  host: Host;
  caller: Caller;
}

/** The arguments with what may be left out of them and could be found out. */
export async function completed(command: Acting, given: Given, place: Place, making: Making): Promise<Given> {
  const asks = command.finds?.asks(given, place) ?? [];
  if (!command.finds || asks.length === 0) return given;
  const made = await makeCalls(asks, making);
  const failure = failureIn(made);
  if (failure) throw new GantryError(failure);
  return command.finds.given(given, place, made);
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
