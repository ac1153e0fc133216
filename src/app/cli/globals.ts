/** An option that every command has; its environment twin is `GANTRY_` and the name in capitals. */
export interface GlobalOption {
  name: string;
  short?: string;
  /** Name of its value; absent for a flag. */
  value?: string;
  description: string;
}

export const GLOBAL_OPTIONS: readonly GlobalOption[] = [
  { name: 'json', description: 'Print one JSON document, or NDJSON for a stream' },
  { name: 'headless', description: 'No screen, no prompt, no colour, no spinner' },
  { name: 'dry-run', description: 'Show the plan and change nothing' },
  { name: 'yes', short: 'y', description: 'Approve whatever is planned' },
  { name: 'plan', value: 'hash', description: 'Approve exactly the plan with this hash, or continue it' },
  { name: 'retry', value: 'id', description: 'Plan the failed targets of that activity anew' },
  { name: 'quiet', short: 'q', description: 'Print nothing but data and errors' },
  { name: 'no-color', description: 'No colour' },
  {
    name: 'workspace',
    short: 'w',
    value: 'directory',
    description: 'Workspace to work in, instead of the one around here',
  },
  { name: 'timeout', value: 'seconds', description: 'Cancel after so long' },
  { name: 'no-daemon', description: 'Run the host of the screen as its child instead of the daemon' },
  { name: 'debug', description: 'Show stack traces' },
  { name: 'help', short: 'h', description: 'Show help' },
];

/** The global options of one call, from arguments first and then from the environment. */
export interface Globals {
  json: boolean;
  headless: boolean;
  dryRun: boolean;
  yes: boolean;
  plan?: string;
  retry?: string;
  quiet: boolean;
  noColor: boolean;
  workspace?: string;
  timeout?: string;
  noDaemon: boolean;
  debug: boolean;
  help: boolean;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Takes the options as parsed, in camelCase, and fills in what the environment says. */
export function globalsFrom(options: Record<string, unknown>, env: Environment): Globals {
  const entries = GLOBAL_OPTIONS.map(({ name, value }) => {
    const key = camel(name);
    const twin = env[`GANTRY_${name.toUpperCase().replaceAll('-', '_')}`];
    const fallback = value ? twin || undefined : isOn(twin);
    return [key, options[key] ?? fallback];
  });
  const globals = Object.fromEntries(entries) as Globals;
  return { ...globals, noColor: globals.noColor || Boolean(env.NO_COLOR) };
}

export function camel(name: string): string {
  return name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function isOn(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== '0' && value !== 'false';
}
