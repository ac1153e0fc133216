import type { Context } from '#engines/core/context.ts';
import { firstUnmet, type Unmet } from '#engines/core/fact.ts';
import { canonical } from '#engines/core/json.ts';
import {
  type Call,
  type Draft,
  type Expectation,
  type OperationStep,
  type Refusal,
  type Step,
  type Target,
  targetKey,
} from '#engines/core/plan.ts';
import type { StepReceipt } from '#engines/core/receipt.ts';
import { undoError } from './errors.ts';
import { waitersOf } from './waiters.ts';

/** A fact as a step left it, at the place where it did. */
interface Left {
  target: Target;
  leaves: Expectation;
}

interface Inverse {
  target: Target;
  /** The steps that take each receipt back, last receipt first. */
  steps: { of: StepReceipt; steps: Omit<OperationStep, 'id'>[] }[];
}

/**
 * The steps that take back what was done, in the opposite order: what had waited for a step is taken back before it is.
 * A target that can't be taken back is refused, and with it what it had waited for.
 */
export async function invert(
  planned: readonly Step[],
  receipts: readonly StepReceipt[],
  context: Context,
): Promise<Draft> {
  const targets = Map.groupBy(receipts, ({ target }) => targetKey(target));
  const verdicts = await Promise.all([...targets.values()].map((own) => invertTarget(own, context)));
  const waiters = waitersOf(planned);
  const refused = verdicts.filter((one) => 'failure' in one);
  const inverses = verdicts.filter((one) => 'steps' in one);
  for (const { target } of refused) {
    const stays = targets.get(targetKey(target)) ?? [];
    for (const one of inverses.filter((inverse) => isWaitedFor(inverse, stays, waiters))) {
      inverses.splice(inverses.indexOf(one), 1);
      refused.push(behind(one, target));
    }
  }
  return { steps: ordered(planned, inverses, waiters), refused };
}

/** What the target's steps left must still be so. */
async function invertTarget(receipts: StepReceipt[], context: Context): Promise<Inverse | Refusal> {
  const { target } = receipts[0] as StepReceipt;
  const left = standing(receipts);
  const calls = receipts
    .toReversed()
    .map((of) => ({ of, calls: of.inverse ?? [] }))
    .filter((one) => one.calls.length > 0);
  for (const { of, calls: own } of calls) {
    const gone = await firstUnmet((await needsOf(own, context)).flat(), of.target, context);
    if (gone) return refusal('undo-gone', of.target, gone);
  }
  for (const one of calls.length > 0 ? left : []) {
    const moved = await firstUnmet([one.leaves], one.target, context);
    if (moved) return refusal('undo-moved', one.target, moved);
  }
  const places = new Set<string>();
  const steps: Inverse['steps'] = [];
  for (const { of, calls: own } of calls) {
    const needs = await needsOf(own, context);
    steps.push({
      of,
      steps: own.map((call, index) => ({
        target: of.target,
        expects: [...firstAt(of.target, places, left), ...(needs[index] ?? [])],
        ...call,
      })),
    });
  }
  return { target, steps };
}

/** What was left at a place is relied on by the first step there. */
function firstAt(target: Target, places: Set<string>, left: readonly Left[]): Expectation[] {
  const place = target.path ?? target.name;
  if (places.has(place)) return [];
  places.add(place);
  return left.flatMap((one) => ((one.target.path ?? one.target.name) === place ? [one.leaves] : []));
}

function needsOf(calls: readonly Call[], { registry }: Context): Promise<Expectation[][]> {
  return Promise.all(calls.map(async (call) => (await registry.operation(call.op)).needs?.(call.args) ?? []));
}

/** The last answer that was left for each fact at each place. */
function standing(receipts: readonly StepReceipt[]): Left[] {
  const left = receipts.flatMap(({ target, leaves = [] }) => leaves.map((one) => ({ target, leaves: one })));
  return [...new Map(left.map((one) => [keyOf(one), one])).values()];
}

function keyOf({ target, leaves }: Left): string {
  return canonical([target.path ?? target.name, leaves.fact, leaves.args]);
}

/** Against the order of the plan; ids by the name of the target, however many targets share a name. */
function ordered(
  planned: readonly Step[],
  inverses: readonly Inverse[],
  waiters: ReadonlyMap<string, ReadonlySet<string>>,
): OperationStep[] {
  const place = new Map(planned.map(({ id }, index) => [id, index]));
  const last = new Map<string, string>();
  const counts = new Map<string, number>();
  const all = inverses.flatMap(({ target, steps }) =>
    steps.map((one) => ({ key: targetKey(target), ...one })),
  );
  return all
    .toSorted((one, other) => (place.get(other.of.step) ?? 0) - (place.get(one.of.step) ?? 0))
    .flatMap(({ key, of, steps }) =>
      steps.map((step, index): OperationStep => {
        const count = (counts.get(step.target.name) ?? 0) + 1;
        counts.set(step.target.name, count);
        const id = `${step.target.name}/${count}`;
        const after = index === 0 ? waitsFor(waiters.get(of.step), last, key, all) : [];
        last.set(of.step, id);
        return { id, ...step, ...(after.length > 0 ? { after } : {}) };
      }),
    );
}

/** The last steps that take back what had waited for a step, those of its own target left out: they come in order. */
function waitsFor(
  waiters: ReadonlySet<string> = new Set(),
  last: ReadonlyMap<string, string>,
  key: string,
  all: readonly { key: string; of: StepReceipt }[],
): string[] {
  const others = all.filter(({ key: own, of }) => own !== key && waiters.has(of.step));
  return others.flatMap(({ of }) => last.get(of.step) ?? []);
}

function isWaitedFor(
  { steps }: Inverse,
  by: readonly StepReceipt[],
  waiters: ReadonlyMap<string, ReadonlySet<string>>,
): boolean {
  return steps.some(({ of }) => by.some(({ step }) => waiters.get(of.step)?.has(step)));
}

function refusal(
  code: 'undo-gone' | 'undo-moved',
  target: Target,
  { expectation, answer, words }: Unmet,
): Refusal {
  const { failure } = undoError(code, `${target.name}: ${words}.`, {
    next: ['gantry undo list'],
    details: { fact: expectation.fact, was: expectation.is, is: answer },
  });
  return { target, failure };
}

function behind({ target }: Inverse, other: Target): Refusal {
  const { failure } = undoError('undo-behind', `${target.name} stays, because ${other.name} does.`, {
    next: ['gantry undo list'],
  });
  return { target, failure };
}
