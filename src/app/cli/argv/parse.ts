import { Argument, Command, CommanderError, Option } from 'commander';
import type { ActionCard, Property } from '#app/registry/card.ts';
import { kebab } from '#app/surface/line.ts';
import { shellText } from '#engines/core/shell.ts';
import { cliError } from '../errors.ts';
import { camel, type Environment, type Globals, globalsFrom, spelled } from '../globals.ts';
import { GANTRY, type Program } from '../program.ts';
import type { Named } from './words.ts';

export interface Parsed {
  input: Record<string, unknown>;
  globals: Globals;
}

interface Read {
  input: Record<string, unknown>;
  /** The global options that were given, in camelCase. */
  options: Record<string, unknown>;
}

/** Turns arguments into an action's input by the action's own schema. */
export function parseArguments(card: ActionCard, rest: readonly string[], env: Environment): Parsed {
  const { input, options } = readArguments(card, rest, GANTRY);
  return { input, globals: globalsFrom(options, env) };
}

/** The same for a program with global options of its own. */
export function readArguments(card: ActionCard, rest: readonly string[], program: Program): Read {
  const command = commandOf(card, program);
  try {
    command.parse(rest as string[], { from: 'user' });
  } catch (thrown) {
    throw usage(card, rest, { thrown, program });
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
  return { input, options };
}

/** The global options of a command line, whatever else is wrong with it or still missing. */
export function globalsIn(named: Pick<Named, 'card' | 'rest'>, env: Environment): Globals {
  return globalsFrom(optionsIn(named, GANTRY), env);
}

/** The same for a program with global options of its own. */
export function optionsIn({ card, rest }: Pick<Named, 'card' | 'rest'>, program: Program): Read['options'] {
  const command = commandOf(card ?? program.bare, program)
    .allowUnknownOption()
    .allowExcessArguments();
  try {
    command.parse(rest as string[], { from: 'user' });
  } catch {
    // What was read until then holds.
  }
  return command.opts();
}

/** The commander command of an action: arguments and options from its schema, then the global ones. */
export function commandOf(card: ActionCard, { options }: Program = GANTRY): Command {
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
  for (const { name, short, value, description } of options) {
    const taken = Object.values(card.input.properties).some((property) => property.short === short);
    const flags = spelled({ name, short: taken ? undefined : short, value });
    command.addOption(globalOption(flags, description, name));
  }
  return command;
}

function globalOption(flags: string, description: string, name: string): Option {
  return ownOption(flags, description, camel(name));
}

/** commander reads `--no-color` as the negation of a `color` option; here it is a flag of its own. */
function ownOption(flags: string, description: string | undefined, name: string): Option {
  const option = new Option(flags, description);
  option.negate = false;
  option.attributeName = () => name;
  return option;
}

function argumentOf(name: string, property: Property, required: boolean): Argument {
  const shown = kebab(name) + (property.type === 'array' ? '...' : '');
  const argument = new Argument(required ? `<${shown}>` : `[${shown}]`, property.description);
  return property.enum ? argument.choices(property.enum) : argument;
}

function optionOf(name: string, property: Property): Option {
  const { type, unit, short, description } = property;
  const value = unit?.split(' ')[0] ?? (type === 'array' ? 'value...' : 'value');
  const flags = spelled({ name: kebab(name), short, value: type === 'boolean' ? undefined : value });
  const option = ownOption(flags, description, name);
  return property.enum ? option.choices(property.enum) : option;
}

function typed(value: unknown, property: Property): unknown {
  if (Array.isArray(value) && property.completes === 'repo') return value.flatMap(namesIn);
  if (property.type !== 'number' && property.type !== 'integer') return value;
  const number = Number(value);
  return Number.isNaN(number) ? value : number;
}

/** `api,web`: no name of a repo has a comma. */
function namesIn(word: unknown): string[] {
  const text = String(word);
  return text.includes(',') ? text.split(',').filter(Boolean) : [text];
}

interface Misfit {
  thrown: unknown;
  program: Program;
}

function usage(card: ActionCard, rest: readonly string[], { thrown, program }: Misfit): unknown {
  if (!(thrown instanceof CommanderError)) return thrown;
  const message = thrown.message
    .replace(/^error: /, '')
    .split('\n')
    .join(' ');
  const words = card.id.split('.').filter(Boolean);
  return cliError('usage', `${words.join(' ') || program.name}: ${message}.`, {
    next: [
      ...(thrown.code === 'commander.unknownOption' && takesCommand(card)
        ? [shellText([program.name, ...words, ...asCommand(rest)])]
        : []),
      [program.name, ...words, '--help'].join(' '),
    ],
  });
}

/** What follows is a command line of its own, whose options are none of ours. */
function takesCommand({ input: { properties, required = [] } }: ActionCard): boolean {
  return required.some((name) => properties[name]?.positional && properties[name].type === 'array');
}

/** The same words, with `--` in front of the first that is neither an option nor the value of one. */
function asCommand(rest: readonly string[]): string[] {
  const first = rest.findIndex((word, index) => !word.startsWith('-') && !rest[index - 1]?.startsWith('-'));
  return rest.toSpliced(Math.max(0, first), 0, '--');
}
