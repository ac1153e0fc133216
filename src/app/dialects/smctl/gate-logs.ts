import { here } from '#app/cli/here.ts';
import type { Property } from '#app/registry/card.ts';
import { printLines, tellLines } from '#app/surface/streams.ts';
import { isTerminal } from '#app/surface/terminal.ts';
import { EXIT } from '#engines/core/errors.ts';
import { visible, visibleJson } from '#engines/core/visible.ts';
import type { GateEvent } from '#engines/gate/types.ts';
import type { Given, Place, Serving } from '../dialect.ts';
import { gateWords } from './gate-words.ts';

interface Rules {
  gatewayOf(given: Given): Record<string, unknown>;
  addressOf(given: Given, place: Place): Promise<string>;
}

/** Shows what the gateway tells; whoever has seen enough ends it, and that is no failure. */
export function gateLogs(at: Record<string, Property>, { gatewayOf, addressOf }: Rules): Serving {
  return {
    id: 'gate.logs',
    summary: 'Show what the gateway has been asked',
    ...gateWords('logs_stream_failed'),
    takes: { follow: { type: 'boolean', description: 'Go on as requests come' }, ...at },
    optional: Object.keys(at),
    serve: (given, { dialect, manner }) =>
      here(manner, async ({ host, caller, reporter }) => {
        reporter.close();
        if (manner.dryRun) {
          printLines([visible(`would query ${await addressOf(given, caller)} for /api/v1/logs`)]);
          return dialect.exits['dry-run'];
        }
        const input = { follow: given.follow === true, ...gatewayOf(given) };
        for await (const event of host.follow('gate.logs', input, caller))
          printLines([manner.json ? visibleJson(event) : lineOf(event as GateEvent)]);
        if (caller.signal.aborted && isTerminal(1)) tellLines(['log stream closed']);
        return EXIT.ok;
      }),
  };
}

function lineOf({ timestamp, level, message, fields }: GateEvent): string {
  const particulars = Object.entries(fields).map(([name, value]) => `${name}=${textOf(value)}`);
  return visible([timestamp, level, message, ...particulars].join(' '));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
