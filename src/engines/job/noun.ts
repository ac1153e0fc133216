import { createHash } from 'node:crypto';
import type { Context } from '#engines/core/context.ts';
import type { GantryError } from '#engines/core/errors.ts';
import { expect, type Fact } from '#engines/core/fact.ts';
import { canonical } from '#engines/core/json.ts';
import { nearest } from '#engines/core/nearest.ts';
import type { Expectation, Target } from '#engines/core/plan.ts';
import { quote } from '#engines/core/shell.ts';
import { store } from '#engines/store/store.ts';
import type { Job, Kind } from './job.ts';
import type { JobRecord, Records } from './records.ts';

/** One kind of job: where its records are, and what is its own. */
export interface Noun<D extends Job, P> {
  kind: Kind;
  records: Records<D, P>;
  /** The fact that `definitionNow` answers. */
  fact: Fact<{ name: string }>;
  /** How far it has come where it begins now, or goes on. */
  fromNowOn(known: P | undefined, now: number): P;
  unknown(message: string, next: string[]): GantryError;
}

// biome-ignore lint/suspicious/noExplicitAny: whichever kind it is
export type AnyNoun = Noun<any, any>;

export function targetOf({ kind }: Pick<AnyNoun, 'kind'>, name: string): Target {
  return { kind, name };
}

/** `none`, or what the definition comes to, shortened, with whether it is paused. */
export function definitionNow({ records }: AnyNoun, name: string, { use }: Pick<Context, 'use'>): string {
  const known = records.find(use(store), name);
  if (!known) return 'none';
  const digest = createHash('sha256').update(canonical(known.definition)).digest('hex').slice(0, 12);
  return known.paused ? `${digest}, paused` : digest;
}

export function asItIs(noun: AnyNoun, name: string, context: Pick<Context, 'use'>): Expectation {
  return expect(noun.fact, { name }, definitionNow(noun, name, context));
}

/** Jobs by their names; all of them for no names. Throws what the kind has for one that is unknown. */
export function jobsNamed<D extends Job, P>(
  noun: Noun<D, P>,
  names: readonly string[],
  context: Pick<Context, 'use'>,
): JobRecord<D, P>[] {
  const known = noun.records.all(context.use(store));
  if (names.length === 0) return known;
  return [...new Set(names)].map((name) => {
    const found = known.find(({ definition }) => definition.name === name);
    if (found) return found;
    throw unknown(
      noun,
      name,
      known.map(({ definition }) => definition.name),
    );
  });
}

function unknown({ kind, unknown }: AnyNoun, name: string, known: readonly string[]): GantryError {
  const meant = nearest(name, known);
  return unknown(`There is no ${kind} ${name}${meant ? `; did you mean ${meant}?` : '.'}`, [
    ...(meant ? [`gantry ${kind} list ${quote(meant)}`] : []),
    `gantry ${kind} list`,
  ]);
}
