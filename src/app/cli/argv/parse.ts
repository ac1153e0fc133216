import { Argument, Command, CommanderError, Option } from 'commander';
import type { ActionCard, Property } from '#app/registry/card.ts';
import { kebab } from '#app/surface/line.ts';
import { cliError } from '../errors.ts';
import { camel, type Environment, GLOBAL_OPTIONS, type Globals, globalsFrom } from '../globals.ts';

export interface Parsed {
  input: Record<string, unknown>;
  globals: Globals;
}

const NO_ACTION: ActionCard = {
  id: '',
  kind: 'query',
  summary: '',
  needsWorkspace: false,
  input: { type: 'object', properties: {} },
  examples: [],
};

/** Turns arguments into an action's input by the action's own schema. */
export function parseArguments(card: ActionCard, rest: readonly string[], env: Environment): Parsed {
  const command = commandOf(card);
  try {
    command.parse(rest as string[], { from: 'user' });
  } catch (thrown) {
    throw usage(card, thrown);
  }
  const options = command.opts<Record<string, unknown>>();
  const input: Record<string, unknown> = {};
  const properties = Object.entries(card.input.properties);
  const positionals = properties.filter(([, property]) => property.positional);
  positionals.forEach(([name, property], index) => {
    const value = command.processedArgs[index] as unknown;
    if (value !== undefined && !(Array.isArray(value) && value.length === 0))
      input[name] = typed(value, property);
  });
  for (const [name, property] of properties) {
    if (!property.positional && options[name] !== undefined) input[name] = typed(options[name], property);
  }
  return { input, globals: globalsFrom(options, env) };
}

/** The global options of a command line that names no action. */
export function parseGlobals(rest: readonly string[], env: Environment): Globals {
  return parseArguments(NO_ACTION, rest, env).globals;
}

/** The commander command of an action: arguments and options from its schema, then the global ones. */
export function commandOf(card: ActionCard): Command {
  const command = new Command(card.id.replaceAll('.', ' '))
    .exitOverride()
    .configureOutput({ writeErr: () => {}, writeOut: () => {} })
    .helpOption(false)
    .allowExcessArguments(false);
  const required = new Set(card.input.required);
  for (const [name, property] of Object.entries(card.input.properties)) {
    if (property.positional) command.addArgument(argumentOf(name, property, required.has(name)));
    else command.addOption(optionOf(name, property));
  }
  for (const { name, short, value, description } of GLOBAL_OPTIONS) {
    const taken = Object.values(card.input.properties).some((property) => property.short === short);
    const flags = `${short && !taken ? `-${short}, ` : ''}--${name}${value ? ` <${value}>` : ''}`;
    command.addOption(globalOption(flags, description, name));
  }
  return command;
}

function globalOption(flags: string, description: string, name: string): Option {
  const option = new Option(flags, description);
  // commander reads `--no-color` as the negation of a `color` option; here it is a flag of its own.
  option.negate = false;
  option.attributeName = () => camel(name);
  return option;
}

function argumentOf(name: string, property: Property, required: boolean): Argument {
  const shown = kebab(name) + (property.type === 'array' ? '...' : '');
  return new Argument(required ? `<${shown}>` : `[${shown}]`, property.description);
}

function optionOf(name: string, property: Property): Option {
  const long = `${property.short ? `-${property.short}, ` : ''}--${kebab(name)}`;
  if (property.type === 'boolean') return new Option(long, property.description);
  const value = property.unit?.split(' ')[0] ?? (property.type === 'array' ? 'value...' : 'value');
  const option = new Option(`${long} <${value}>`, property.description);
  return property.enum ? option.choices(property.enum) : option;
}

function typed(value: unknown, property: Property): unknown {
  if (property.type !== 'number' && property.type !== 'integer') return value;
  const number = Number(value);
  return Number.isNaN(number) ? value : number;
}

function usage(card: ActionCard, thrown: unknown): unknown {
  if (!(thrown instanceof CommanderError)) return thrown;
  const message = thrown.message
    .replace(/^error: /, '')
    .split('\n')
    .join(' ');
  return cliError('usage', `${card.id.replaceAll('.', ' ')}: ${message}.`, {
    next: [`gantry ${card.id.replaceAll('.', ' ')} --help`],
  });
}
