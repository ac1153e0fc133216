import type { Environment, GlobalOption } from '#app/cli/globals.ts';
import type { Given, Manner } from '../dialect.ts';
import { dialectError } from '../errors.ts';
import { LEVELS, type Level } from './log.ts';

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
  {
    name: 'config',
    short: 'c',
    value: 'path',
    description: 'File with log_level and no_color, instead of ~/.config/smctl/config.toml (SMCTL_CONFIG)',
    completes: 'file',
  },
  {
    name: 'log-level',
    value: 'level',
    description:
      'Log what ends from error, warn, info, debug or trace on; the last two as --verbose (SMCTL_LOG_LEVEL)',
  },
  {
    name: 'log-file',
    value: 'path',
    description: 'Log into this file instead of the standard error (SMCTL_LOG_FILE)',
    completes: 'file',
  },
  { name: 'log-syslog', description: 'Taken, and of no effect: the system log can not be reached from here' },
  { name: 'help', short: 'h', description: 'Show help' },
];

/** `smctl gate --url U status` is written as well. */
export const GATE_OPTIONS: readonly GlobalOption[] = [
  { name: 'url', value: 'url', description: 'Address of the gateway (MODELGATE_URL)' },
  { name: 'timeout', value: 'seconds', description: 'Seconds that it has to answer' },
];

const WORDY = /^(debug|trace)$/i;

/** The level that is asked for, on the command line before that of the variables. */
export function levelOf(options: Given, env: Environment): Level | undefined {
  const told = toldLevel(options, env);
  if (told === '') return undefined;
  if (Object.hasOwn(LEVELS, told)) return told as Level;
  throw dialectError('options-misfit', `--log-level takes one of ${Object.keys(LEVELS).join(', ')}.`, {
    next: ['smctl --help'],
  });
}

function toldLevel(options: Given, env: Environment): string {
  return String(options.logLevel ?? (env.SMCTL_LOG_LEVEL || env.SMCTL_LOG || '')).toLowerCase();
}

export function mannerOf(options: Given, env: Environment): Manner {
  const level = toldLevel(options, env);
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
