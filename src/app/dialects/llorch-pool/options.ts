import type { Environment, GlobalOption } from '#app/cli/globals.ts';
import type { Given, Manner } from '../dialect.ts';

export const OPTIONS: readonly GlobalOption[] = [
  { name: 'json', description: 'Print one JSON document' },
  { name: 'no-color', description: 'No colour (LLORCH_NO_COLOR)' },
  { name: 'verbose', short: 'v', description: 'Tell what is done step by step' },
  { name: 'help', short: 'h', description: 'Show help' },
];

export function mannerOf(options: Given, env: Environment): Manner {
  return {
    json: options.json === true,
    headless: false,
    dryRun: false,
    yes: true,
    quiet: false,
    verbose: options.verbose === true,
    noColor: options.noColor === true || Boolean(env.LLORCH_NO_COLOR) || Boolean(env.NO_COLOR),
    noDaemon: false,
    debug: false,
    help: options.help === true,
  };
}
