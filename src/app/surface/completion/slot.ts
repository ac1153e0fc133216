import type { ActionCard, Completes, Property } from '#app/registry/card.ts';
import { kebab } from '../line.ts';

/** A word that may stand next, with what to say of it. */
export interface Candidate {
  word: string;
  description: string;
}

/**
 * What a value completes to that only the workspace knows: repo names, activities; branches and values by what the
 * words before them name.
 */
export type Values = (completes: Completes, subjects: readonly string[]) => Promise<readonly Candidate[]>;

/** What the next word of a command line would be a value of. */
export interface Slot {
  property?: Property;
  /** Its values that stand already. */
  given: readonly string[];
  /** Repos and settings that the words before it name. */
  subjects: readonly string[];
  /** Whether an option may stand there, and not only the value of one. */
  isOpen: boolean;
  /** Options that may stand there instead. */
  options: readonly Candidate[];
}

/** Where the word behind these arguments of an action would stand. */
export function slotAfter({ input: { properties } }: ActionCard, words: readonly string[]): Slot {
  const given = new Map<string, string[]>();
  const positionals = Object.keys(properties).filter((name) => properties[name]?.positional);
  const optionsEnd = words.includes('--') ? words.indexOf('--') : words.length;
  const isMany = (name: string) => properties[name]?.type === 'array';
  const next = () => positionals.find((name) => !given.has(name) || isMany(name));
  let awaiting: string | undefined;
  for (const [index, word] of words.entries()) {
    if (word === '--' && index === optionsEnd) continue;
    const option = index < optionsEnd && awaiting === undefined ? optionNamed(properties, word) : undefined;
    if (option !== undefined) {
      const takesValue = properties[option]?.type !== 'boolean' && !word.includes('=');
      given.set(option, given.get(option) ?? []);
      awaiting = takesValue ? option : undefined;
      continue;
    }
    if (awaiting === undefined && index < optionsEnd && word.startsWith('-')) continue;
    const name = awaiting ?? next();
    if (name !== undefined) given.set(name, [...(given.get(name) ?? []), word]);
    awaiting = undefined;
  }
  const name = awaiting ?? next();
  const isOpen = optionsEnd === words.length && awaiting === undefined;
  return {
    property: name === undefined ? undefined : properties[name],
    given: (name !== undefined && given.get(name)) || [],
    subjects: [...given].flatMap(([key, values]) => (isSubject(properties[key]) ? values : [])),
    isOpen,
    options: isOpen ? optionsOf(properties).filter(({ name: key }) => !given.has(key) || isMany(key)) : [],
  };
}

/** What may stand in a slot, whatever has been typed of it. */
export async function wordsFor({ property, given, subjects }: Slot, values: Values): Promise<Candidate[]> {
  if (property?.enum) return property.enum.map((word) => ({ word, description: '' }));
  if (!property?.completes) return [];
  const offered = await values(property.completes, subjects);
  return offered.filter(({ word }) => !given.includes(word));
}

/** Whether what is given for it decides what others complete to. */
export function isSubject(property?: Property): boolean {
  return property?.completes === 'repo' || property?.completes === 'setting';
}

function optionNamed(properties: Record<string, Property>, word: string): string | undefined {
  const [flag] = word.split('=');
  return Object.keys(properties).find((name) => {
    const { short } = properties[name] as Property;
    return flag === `--${kebab(name)}` || (short !== undefined && flag === `-${short}`);
  });
}

function optionsOf(properties: Record<string, Property>): (Candidate & { name: string })[] {
  return Object.entries(properties)
    .filter(([, { positional }]) => !positional)
    .map(([name, { description = '' }]) => ({ name, word: `--${kebab(name)}`, description }));
}
