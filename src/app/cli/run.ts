import type { ActionCard } from '#app/registry/card.ts';
import { envelope } from '#app/surface/envelope.ts';
import { exitCodeOf } from '#app/surface/exit.ts';
import { failureLines } from '#app/surface/failure.ts';
import { isColoured, printLines, printText, tellLines } from '#app/surface/streams.ts';
import { styleFor } from '#app/surface/style.ts';
import { EXIT, type Failure } from '#engines/core/errors.ts';
import type { Caller, Host } from '#engines/core/host.ts';
import { visibleJson } from '#engines/core/visible.ts';
import type { Parsed } from './argv/parse.ts';
import type { Globals } from './globals.ts';
import { here } from './here.ts';

/** Runs an action in this process and prints what comes of it; resolves with the exit code. */
export async function runAction(card: ActionCard, { input, globals }: Parsed): Promise<number> {
  return here(globals, async ({ host, caller, reporter }) => {
    if (card.kind === 'stream') {
      // Its lines come as it runs, and nothing may be drawn over them.
      reporter.close();
      return await runStream(host, card, { input, globals }, caller);
    }
    const outcome = await host.invoke({ action: card.id, input, ...manner(globals) }, caller);
    reporter.close();
    const code = exitCodeOf(outcome);
    if (globals.json) printLines([visibleJson(envelope(card.id, outcome, code))]);
    else await (await import('./output/outcome.ts')).printOutcome(card.id, outcome, globals);
    return code;
  });
}

async function runStream(
  host: Host,
  card: ActionCard,
  { input, globals }: Parsed,
  caller: Caller,
): Promise<number> {
  const text = globals.json
    ? (event: unknown) => `${visibleJson(event)}\n`
    : (await import('#app/surface/text/events.ts')).eventPrinter(card.id, input);
  for await (const event of host.follow(card.id, input, caller)) printText(text(event));
  return caller.signal.aborted ? EXIT.interrupted : EXIT.ok;
}

/** Prints a failure that came before or around an action. */
export function printFailure(action: string, failure: Failure, globals: Globals, thrown?: unknown): number {
  const code = EXIT[failure.exit];
  if (globals.json) printLines([visibleJson(envelope(action, { kind: 'failure', failure }, code))]);
  else tellLines(failureLines(failure, styleFor(isColoured(2, globals))));
  if (globals.debug && thrown instanceof Error) tellLines([thrown.stack ?? '']);
  return code;
}

function manner({ dryRun, yes, plan, retry }: Globals) {
  return { dryRun, retry, approval: plan ? { plan } : yes ? { yes: true as const } : undefined };
}
