import type { Environment, GlobalOption } from '#app/cli/globals.ts';
import type { Given, Manner } from '../dialect.ts';

export const OPTIONS: readonly GlobalOption[] = [
  {
    name: 'workspace',
    short: 'w',
    value: 'path',
    description: 'Root of the workspace, instead of the one around here (SMCTL_WORKSPACE)',
    completes: 'directory',
  },
  { name: 'verbose', short: 'v', description: 'Tell what is done step by step' },
  { name: 'quiet', short: 'q', description: 'Print nothing but results and errors' },
  { name: 'dry-run', description: 'Say what would be done and change nothing; exits with 10' },
  { name: 'json', description: 'Print one JSON document' },
  { name: 'no-color', description: 'No colour (SMCTL_NO_COLOR)' },
  { name: 'config', short: 'c', value: 'path', description: 'Taken, and of no effect (SMCTL_CONFIG)' },
  { name: 'log-level', value: 'level', description: 'debug and trace are as --verbose (SMCTL_LOG_LEVEL)' },
  {
    name: 'log-file',
    value: 'path',
    description: 'Taken, and of no effect: `gantry activity list` has all that was done',
  },
  { name: 'log-syslog', description: 'Taken, and of no effect' },
  { name: 'help', short: 'h', description: 'Show help' },
];

const WORDY = /^(debug|trace)$/i;

export function mannerOf(options: Given, env: Environment): Manner {
  const level = String(options.logLevel ?? env.SMCTL_LOG_LEVEL ?? env.SMCTL_LOG ?? '');
  return {
    json: options.json === true,
    headless: false,
    dryRun: options.dryRun === true,
    yes: true,
    quiet: options.quiet === true,
    verbose: options.verbose === true || WORDY.test(level),
    noColor: options.noColor === true || isOn(env.SMCTL_NO_COLOR) || isOn(env.NO_COLOR),
    workspace: (options.workspace as string | undefined) ?? (env.SMCTL_WORKSPACE || undefined),
    noDaemon: false,
    debug: WORDY.test(level),
    help: options.help === true,
  };
}

function isOn(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}
