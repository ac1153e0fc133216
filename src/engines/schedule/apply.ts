import { createHash } from 'node:crypto';
import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import { canonical } from '#engines/core/json.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import type { Target } from '#engines/core/plan.ts';
import { store } from '#engines/store/store.ts';
import { immediately } from '#engines/store/transaction.ts';
import { bootOfMachine } from './clock/boot.ts';
import { withStretch } from './clock/stretches.ts';
import type { Definition } from './definition.ts';
import { scheduleDefinition } from './facts.ts';
import { forgetSchedule, type Progress, readSchedule, type Schedule, writeSchedule } from './records.ts';
import { forgetWaiting } from './runs.ts';

type Adding = Application<{ definition: Definition }>;
type Named = Application<{ name: string }>;

export async function checkAdd(
  { args: { definition } }: Adding,
  context: Context,
): Promise<Applied | undefined> {
  const known = readSchedule(context.use(store), definition.name);
  const isSame = known && canonical(known.definition) === canonical(definition);
  return isSame ? left(definition.name, 'on record', context) : undefined;
}

export async function applyAdd({ args: { definition } }: Adding, context: Context): Promise<Applied> {
  const opened = context.use(store);
  immediately(opened.database, () => {
    const progress = fromNowOn(readSchedule(opened, definition.name)?.progress, context.now());
    forgetWaiting(opened, definition.name);
    writeSchedule(opened, { definition, paused: false, progress });
  });
  return left(definition.name, 'on record', context);
}

export async function checkRemove(
  { args: { definition } }: Adding,
  context: Context,
): Promise<Applied | undefined> {
  const { name } = definition;
  return readSchedule(context.use(store), name) ? undefined : left(name, 'forgotten', context);
}

/** A run that goes on comes to its end. */
export async function applyRemove({ args: { definition } }: Adding, context: Context): Promise<Applied> {
  const opened = context.use(store);
  immediately(opened.database, () => {
    forgetSchedule(opened, definition.name);
    forgetWaiting(opened, definition.name);
  });
  return left(definition.name, 'forgotten', context);
}

export function checkPause(given: Named, context: Context): Promise<Applied | undefined> {
  return checkPaused(given, true, context);
}

export function checkResume(given: Named, context: Context): Promise<Applied | undefined> {
  return checkPaused(given, false, context);
}

export async function applyPause({ args: { name } }: Named, context: Context): Promise<Applied> {
  change(name, context, (known) => ({ ...known, paused: true }));
  return left(name, 'paused', context);
}

/** What would have been due meanwhile is not missed. */
export async function applyResume({ args: { name } }: Named, context: Context): Promise<Applied> {
  change(name, context, (known) => ({
    ...known,
    paused: false,
    progress: fromNowOn(known.progress, context.now()),
  }));
  return left(name, 'goes on', context);
}

async function checkPaused({ args: { name } }: Named, paused: boolean, context: Context) {
  const known = readSchedule(context.use(store), name);
  return known?.paused === paused ? left(name, paused ? 'paused' : 'goes on', context) : undefined;
}

function change(name: string, context: Context, make: (known: Schedule) => Schedule): void {
  const opened = context.use(store);
  immediately(opened.database, () => {
    const known = readSchedule(opened, name);
    if (known) writeSchedule(opened, make(known));
  });
}

/** What was decided stays so; what comes is still open, and this start of the machine was before. */
function fromNowOn(known: Progress | undefined, now: number): Progress {
  return {
    decided: withStretch(known?.decided ?? [], { from: now, until: now }),
    boot: bootOfMachine(),
    passed: known?.passed ?? null,
  };
}

function left(name: string, summary: string, context: Context): Applied {
  return { summary, leaves: [expect(scheduleDefinition, { name }, definitionNow(name, context))] };
}

const NONE = 'none';

export async function readDefinitionFact(
  { name }: { name: string },
  _: Target,
  context: Context,
): Promise<string> {
  return definitionNow(name, context);
}

/** The answer of the fact `schedule.definition`. */
export function definitionNow(name: string, { use }: Pick<Context, 'use'>): string {
  const known = readSchedule(use(store), name);
  if (!known) return NONE;
  const { definition, paused } = known;
  const digest = createHash('sha256').update(canonical(definition)).digest('hex').slice(0, 12);
  return paused ? `${digest}, paused` : digest;
}
