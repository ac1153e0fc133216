import type { Context } from '#engines/core/context.ts';
import { gatewayFor, type Wanted } from './address.ts';
import { eventsAt } from './client/events.ts';
import type { GateEvent } from './types.ts';

interface LogsInput extends Wanted {
  follow: boolean;
  tail?: number;
}

export async function* followLogs(
  { follow, tail, ...wanted }: LogsInput,
  context: Context,
): AsyncGenerator<GateEvent> {
  yield* eventsAt(await gatewayFor(wanted, context), { follow, tail }, context);
}
