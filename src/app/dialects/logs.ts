import { here } from '#app/cli/here.ts';
import { printLines } from '#app/surface/streams.ts';
import { logPrinter } from '#app/surface/text/logs.ts';
import { EXIT } from '#engines/core/errors.ts';
import { visibleJson } from '#engines/core/visible.ts';
import type { LogEvent } from '#engines/process/types.ts';
import type { Serving } from './dialect.ts';

interface Words extends Pick<Serving, 'id' | 'summary'> {
  /** The stream that has the lines. */
  action: string;
  /** The argument that names whose they are. */
  of: NonNullable<Serving['takes']>;
}

/** Shows what something has written; goes on until it is interrupted where that is asked for. */
export function logsCommand({ id, summary, action, of }: Words): Serving {
  return {
    id,
    summary,
    takes: {
      ...of,
      follow: { type: 'boolean', short: 'f', description: 'Go on with new lines' },
      tail: {
        type: 'integer',
        short: 'n',
        default: 100,
        description: 'How many of the last lines come first',
      },
    },
    serve: ({ follow, tail, ...given }, { manner }) =>
      here(manner, async ({ host, caller, reporter }) => {
        reporter.close();
        const names = Object.keys(of).map((name) => String(given[name]));
        const print = logPrinter({ names });
        for await (const event of host.follow(action, { names, follow, tail }, caller)) {
          printLines([manner.json ? visibleJson(event) : print(event as LogEvent)]);
        }
        return caller.signal.aborted ? EXIT.interrupted : EXIT.ok;
      }),
  };
}
