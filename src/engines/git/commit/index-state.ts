import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import type { Expectation, Target } from '#engines/core/plan.ts';
import { changesOf, listUntracked } from '../changes.ts';
import { fingerprint } from '../fingerprint.ts';
import { readIndex } from '../index-entries.ts';
import { headNow } from '../leaves.ts';
import { placeOf } from '../observe.ts';
import { gitIndex } from './facts.ts';

export async function readIndexFact(_: object, target: Target, context: Context): Promise<string> {
  const hash = fingerprint();
  for (const { mode, oid, stage, path } of await readIndex(context, placeOf(target))) {
    hash.update(`${mode} ${oid} ${stage}\t${path}\0`, 'latin1');
  }
  return hash.digest('hex');
}

export async function readTrackedFact(_: object, target: Target, context: Context): Promise<string> {
  const cwd = placeOf(target);
  return changesOf(context, cwd, new Set(await listUntracked(context, cwd, { ignored: false })));
}

/** The checked-out branch, its commit and what is staged, as they are now; files may change under them. */
export async function indexNow(context: Context, target: Target): Promise<Expectation[]> {
  const [head, index] = await Promise.all([headNow(context, target), readIndexFact({}, target, context)]);
  return [...head, expect(gitIndex, {}, index)];
}
