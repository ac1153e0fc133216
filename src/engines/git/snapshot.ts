import type { Context } from '#engines/core/context.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import type { Target } from '#engines/core/plan.ts';
import { readChanges } from './changes.ts';
import { headRef, placeOf, resolveCommit } from './observe.ts';
import { readRefMap } from './refs.ts';
import { readSnapshot } from './snapshot-read.ts';
import type { SnapshotState } from './snapshot-state.ts';
import { type Snapshot, takeSnapshot } from './snapshot-write.ts';
import { counted } from './words.ts';

type Taking = Application<{ ignored: boolean; also: string[] }>;

/** The step of an activity that a snapshot belongs to. */
type Owner = Pick<Application, 'activity' | 'step' | 'target'>;

/** It happened if one of this step is there and still shows the state that the repository is in. */
export async function checkSnapshot(application: Taking, context: Context): Promise<Applied | undefined> {
  const { target } = application;
  const taken = await snapshotsOf(context, application);
  for (const snapshot of taken) {
    if (await shows(context, target, snapshot.state)) return kept(snapshot);
  }
  return undefined;
}

export async function applySnapshot(application: Taking, context: Context): Promise<Applied> {
  const { args, target } = application;
  const ref = await freeRef(context, application);
  return kept(
    await takeSnapshot(context, {
      cwd: placeOf(target),
      ref,
      ...args,
      restoring: null,
      target: target.name,
    }),
  );
}

/** Newest first. Of an activity of an earlier database there may be one under the same name. */
export async function snapshotsOf(context: Context, application: Owner): Promise<Snapshot[]> {
  const cwd = placeOf(application.target);
  const refs = await takenRefs(context, application);
  return Promise.all(
    refs.toReversed().map(async (oid) => ({ oid, state: await readSnapshot(context, cwd, oid) })),
  );
}

/** The newest snapshot of an earlier step of the same activity, which stands before a step that destroys. */
export async function snapshotBefore(application: Owner, context: Context): Promise<Snapshot | undefined> {
  const cwd = placeOf(application.target);
  const own = `${stepRef(application)}/`;
  const refs = await readRefMap(context, cwd, `refs/gantry/${refPart(application.activity)}/`);
  const earlier = [...refs].filter(([ref]) => !ref.startsWith(own) && !ref.endsWith('/kept'));
  const taken = await Promise.all(
    earlier.map(async ([, oid]) => ({ oid, state: await readSnapshot(context, cwd, oid) })),
  );
  return taken.toSorted((one, other) => one.state.at - other.state.at).at(-1);
}

/** A ref for the snapshot of this step that no other snapshot has. */
export async function freeRef(context: Context, application: Owner): Promise<string> {
  const taken = await takenRefs(context, application);
  return `${stepRef(application)}/${taken.length + 1}`;
}

async function takenRefs(context: Context, application: Owner): Promise<string[]> {
  const refs = await readRefMap(context, placeOf(application.target), `${stepRef(application)}/`);
  return [...refs].toSorted(([one], [other]) => numberOf(one) - numberOf(other)).map(([, oid]) => oid);
}

function numberOf(ref: string): number {
  return Number(ref.slice(ref.lastIndexOf('/') + 1));
}

/** The refs of one step stand below it. */
export function stepRef({ activity, step }: Pick<Owner, 'activity' | 'step'>): string {
  return `refs/gantry/${refPart(activity)}/${refPart(step)}`;
}

/** Letters, digits and single dashes: fit for a ref wherever the name came from. */
function refPart(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9]+/g, '-').replaceAll(/^-|-$/g, '') || '-';
}

async function shows(context: Context, target: Target, state: SnapshotState): Promise<boolean> {
  const cwd = placeOf(target);
  const [ref, oid, changes] = await Promise.all([
    headRef(context, cwd),
    resolveCommit(context, cwd, 'HEAD'),
    readChanges({}, target, context),
  ]);
  const { head } = state;
  return head.ref === (ref ?? null) && head.oid === (oid ?? null) && state.changes === changes;
}

function kept({ oid, state }: Snapshot): Applied {
  const { files, submodules } = state;
  const parts = [
    files.length > 0 && counted(files.length, 'changed file'),
    submodules.length > 0 && counted(submodules.length, 'submodule'),
  ].filter(Boolean);
  return { summary: `kept HEAD, index${parts.map((part) => `, ${part}`).join('')}`, result: { oid } };
}
