import { clip } from './cells.ts';
import { type Line, span } from './line.ts';
import { note } from './note.ts';
import { plain } from './plain.ts';

/** As `env.list` and `secrets.list` answer. */
export interface Variables {
  variables: readonly { set: string; name: string; value: string }[];
}

export interface Secrets {
  secrets: readonly { set: string; name: string; vault: string }[];
}

/** What answers them, after whatever tells of the process itself. */
export const SET_QUERIES = [
  { action: 'env.list', input: {} },
  { action: 'secrets.list', input: {} },
];

interface Environment extends Variables, Secrets {
  /** What its program suggests, and what it has of its own. */
  defaults: Readonly<Record<string, string>>;
  env: Readonly<Record<string, string>>;
  /** Sets that it runs with, the last on top. */
  sets: readonly string[];
}

interface Entry {
  name: string;
  /** Absent where it is a secret. */
  value?: string;
  from: string;
}

const LONGEST = 32;

/** The variables of its next start by name, each as what is on top says it; of secrets only their names. */
export function environmentLines(environment: Environment): Line[] {
  const entries = [...entriesOf(environment).values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  if (entries.length === 0) return note('Nothing but what every process has of its user and machine.');
  const width = Math.min(LONGEST, Math.max(...entries.map(({ name }) => name.length)));
  return entries.map(({ name, value, from }) => [
    span(`${clip(plain(name), width, '…').padEnd(width)}  `, 'name'),
    value === undefined ? span('not shown', 'quiet') : span(plain(value)),
    span(`  ${plain(from)}`, 'quiet'),
  ]);
}

/** In the order in which a start lays them over each other. */
function entriesOf({ defaults, env, sets, variables, secrets }: Environment): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  const put = (entry: Entry) => entries.set(entry.name, entry);
  for (const [name, value] of Object.entries(defaults)) put({ name, value, from: 'suggested' });
  for (const set of sets)
    for (const one of variables)
      if (one.set === set) put({ name: one.name, value: one.value, from: `of ${set}` });
  for (const [name, value] of Object.entries(env)) put({ name, value, from: 'its own' });
  for (const set of sets)
    for (const one of secrets)
      if (one.set === set) put({ name: one.name, from: `secret of ${set}, from ${one.vault}` });
  return entries;
}
