import type { Property } from '#app/registry/card.ts';

/** An option that every command has. */
export interface GlobalOption {
  name: string;
  short?: string;
  /** Name of its value; absent for a flag. */
  value?: string;
  description: string;
  /** What its value is completed to. */
  completes?: Property['completes'];
  /** Asked for one command at a time: no variable does the same for a session. */
  once?: true;
}

export const GLOBAL_OPTIONS: readonly GlobalOption[] = [
  { name: 'json', description: 'Print one JSON document, or NDJSON for a stream' },
  { name: 'headless', description: 'No screen, no prompt, no colour, no spinner' },
  { name: 'dry-run', description: 'Show the plan and change nothing' },
  { name: 'yes', short: 'y', description: 'Approve whatever is planned' },
  { name: 'plan', value: 'hash', description: 'Approve exactly the plan with this hash, or continue it' },
  {
    name: 'retry',
    value: 'id',
    description: 'Plan the failed targets of that activity anew',
    completes: 'activity',
  },
  { name: 'quiet', short: 'q', description: 'Print nothing but data and errors' },
  { name: 'no-color', description: 'No colour' },
  {
    name: 'workspace',
    short: 'w',
    value: 'directory',
    description: 'Workspace to work in, instead of the one around here',
    completes: 'directory',
  },
  { name: 'timeout', value: 'seconds', description: 'Cancel after so long' },
  { name: 'no-daemon', description: 'Run the host of the screen as its child instead of the daemon' },
  { name: 'debug', description: 'Show stack traces' },
  { name: 'help', short: 'h', description: 'Show help', once: true },
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
  const entries = GLOBAL_OPTIONS.map((option) => {
    const key = camel(option.name);
    const twin = env[twinOf(option) ?? ''];
    const fallback = option.value ? twin || undefined : isOn(twin);
    return [key, options[key] ?? fallback];
  });
  const globals = Object.fromEntries(entries) as Globals;
  return { ...globals, noColor: globals.noColor || Boolean(env.NO_COLOR) };
}

/** The variable that does for a session what the option does for one command. */
export function twinOf({ name, once }: GlobalOption): string | undefined {
  return once ? undefined : `GANTRY_${name.toUpperCase().replaceAll('-', '_')}`;
}

/** The global options as the properties of an input are: for what knows options only as those. */
export function globalProperties(): Record<string, Property> {
  return Object.fromEntries(
    GLOBAL_OPTIONS.map(({ name, value, ...rest }) => [
      camel(name),
      { ...rest, type: value ? 'string' : 'boolean' },
    ]),
  );
}

/** `-w, --workspace <directory>`, as help writes an option. */
export function spelled({ name, short, value }: Pick<GlobalOption, 'name' | 'short' | 'value'>): string {
  return `${short ? `-${short}, ` : ''}--${name}${value ? ` <${value}>` : ''}`;
}

export function camel(name: string): string {
  return name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function isOn(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== '0' && value !== 'false';
}
