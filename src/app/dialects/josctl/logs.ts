import { here } from '#app/cli/here.ts';
import { printLines } from '#app/surface/streams.ts';
import { logPrinter } from '#app/surface/text/logs.ts';
import { EXIT } from '#engines/core/errors.ts';
import { visibleJson } from '#engines/core/visible.ts';
import type { LogEvent } from '#engines/process/types.ts';
import type { Serving } from '../dialect.ts';

/** Goes on until it is interrupted where that is asked for. */
export const LOGS: Serving = {
  id: 'logs',
  summary: 'Show what a service has written',
  takes: {
    name: {
      type: 'string',
      positional: true,
      completes: 'service',
      description: 'Name of the service, or a pid',
    },
    follow: { type: 'boolean', short: 'f', description: 'Go on with new lines' },
    tail: { type: 'integer', short: 'n', default: 100, description: 'How many of the last lines come first' },
  },
  serve: ({ name, follow, tail }, { manner }) =>
    here(manner, async ({ host, caller, reporter }) => {
      reporter.close();
      const names = [String(name)];
      const print = logPrinter({ names });
      for await (const event of host.follow('service.logs', { names, follow, tail }, caller)) {
        printLines([manner.json ? visibleJson(event) : print(event as LogEvent)]);
      }
      return caller.signal.aborted ? EXIT.interrupted : EXIT.ok;
    }),
};
