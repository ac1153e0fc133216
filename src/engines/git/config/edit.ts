import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import type { Target } from '#engines/core/plan.ts';
import { placeOf } from '../observe.ts';
import { git } from '../run.ts';
import { type Edit, editArgs } from './argv.ts';
import { type ConfigChange, recordConfigChange, revertConfigChange } from './change.ts';
import { gitConfig } from './facts.ts';
import { readJournal, writeJournal } from './journal.ts';
import { readOwnValue } from './values.ts';

type Editing = Application<{ edits: Edit[] }>;
type Reverting = Application<{ edits: Edit[]; changes: ConfigChange[] }>;

/** It happened if every key is as it should be; what was changed on the way there is in the journal. */
export async function checkEdit(application: Editing, context: Context): Promise<Applied | undefined> {
  const { args, target } = application;
  const cwd = placeOf(target);
  const values = await Promise.all(args.edits.map(({ key }) => readOwnValue(context, cwd, key)));
  if (!args.edits.every(({ value }, index) => (values[index] ?? null) === value)) return undefined;
  return edited(args.edits, (await readJournal(cwd, application)) ?? []);
}

export async function applyEdit(application: Editing, context: Context): Promise<Applied> {
  const { args, target } = application;
  const cwd = placeOf(target);
  const changes = (await readJournal(cwd, application)) ?? [];
  for (const edit of args.edits) {
    await writeJournal(cwd, application, changes);
    const change = await set(context, target, edit);
    if (change) changes.push(change);
  }
  return edited(args.edits, changes);
}

function edited(edits: readonly Edit[], changes: ConfigChange[]): Applied {
  return { summary: 'configured', result: { changes }, leaves: edits.map((edit) => is(edit, edit.value)) };
}

/** Reverting again finds what was reverted. */
export async function checkRevert(): Promise<undefined> {
  return undefined;
}

/** Place by place, byte for byte; then by key, for what an earlier attempt had changed without saying where. */
export async function applyRevert({ args, target }: Reverting, context: Context): Promise<Applied> {
  const cwd = placeOf(target);
  const made: (ConfigChange | null)[] = [];
  for (const change of args.changes.toReversed()) {
    made.push(await recordConfigChange(cwd, () => revertConfigChange(context, cwd, change)));
  }
  for (const { key, before } of args.edits) made.push(await set(context, target, { key, value: before }));
  return {
    summary: 'configuration put back',
    result: { changes: made.filter((change) => change !== null) },
    leaves: args.edits.map((edit) => is(edit, edit.before)),
  };
}

function is({ key }: Edit, value: string | null) {
  return expect(gitConfig, { key }, value ?? 'absent');
}

async function set(
  context: Context,
  target: Target,
  edit: Pick<Edit, 'key' | 'value'>,
): Promise<ConfigChange | null> {
  const cwd = placeOf(target);
  if (((await readOwnValue(context, cwd, edit.key)) ?? null) === edit.value) return null;
  return recordConfigChange(cwd, () =>
    git(context, { cwd, mode: 'write', target: target.name, args: editArgs(edit) }),
  );
}
