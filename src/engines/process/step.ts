import { expect } from '#engines/core/fact.ts';
import type { Call, OperationStep, Target } from '#engines/core/plan.ts';
import { processRun } from './facts.ts';
import { NONE, runOf } from './observe.ts';
import type { ProcessRecord } from './records.ts';

export function processTarget(name: string): Target {
  return { kind: 'process', name };
}

/** One change of a process, as long as it is as it was when this was planned. */
export function processStep(
  name: string,
  record: ProcessRecord | undefined,
  change: Call,
  after: readonly string[] = [],
): OperationStep {
  return {
    id: processStepId(name),
    target: processTarget(name),
    expects: [expect(processRun, { name }, record ? runOf(record) : NONE)],
    ...(after.length > 0 ? { after: [...after] } : {}),
    ...change,
  };
}

/** No process has a name that makes the id of another kind of target's step. */
export function processStepId(name: string): string {
  return `process ${name}/1`;
}
