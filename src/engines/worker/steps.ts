import { expect } from '#engines/core/fact.ts';
import type { Call, OperationStep } from '#engines/core/plan.ts';
import { processRun } from '#engines/process/facts.ts';
import { NONE, runOf } from '#engines/process/observe.ts';
import type { ProcessRecord } from '#engines/process/records.ts';
import { processTarget } from '#engines/process/step.ts';

/** One call on one worker, as long as it is as it was when this was planned. */
export function workerStep(name: string, record: ProcessRecord | undefined, change: Call): OperationStep {
  const expects = [expect(processRun, { name }, record ? runOf(record) : NONE)];
  return { id: `${name}/1`, target: processTarget(name), expects, ...change };
}
