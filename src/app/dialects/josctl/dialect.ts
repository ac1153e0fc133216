import type { Environment, GlobalOption } from '#app/cli/globals.ts';
import type { Dialect, Given, Manner } from '../dialect.ts';
import { plainExits } from '../exits.ts';
import { LOGS } from './logs.ts';
import { runs } from './runs.ts';
import { services } from './services.ts';
import { settings } from './settings.ts';

const OPTIONS: readonly GlobalOption[] = [
  { name: 'dry-run', description: 'Show what would be done' },
  { name: 'json', description: 'Print one JSON document' },
  { name: 'no-color', description: 'No colour' },
  { name: 'help', short: 'h', description: 'Show help' },
];

export const JOSCTL: Dialect = {
  names: ['josctl'],
  summary: 'Control of .jos services: start, stop, scale, deploy and look after them',
  commands: [...services, LOGS, ...runs, ...settings],
  options: OPTIONS,
  manner: mannerOf,
  exits: plainExits(1),
  later: [],
};

function mannerOf(options: Given, env: Environment): Manner {
  return {
    json: options.json === true,
    headless: false,
    dryRun: options.dryRun === true,
    yes: true,
    quiet: false,
    verbose: false,
    noColor: options.noColor === true || Boolean(env.NO_COLOR),
    noDaemon: false,
    debug: false,
    help: options.help === true,
  };
}
