import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import type { Applied } from '#engines/core/operation.ts';
import { store } from '#engines/store/store.ts';
import { processRun } from '../facts.ts';
import { NONE, runOf } from '../observe.ts';
import type { Found } from '../operations.ts';
import { type ProcessRecord, readProcess } from '../records.ts';
import { isAtRest } from '../status.ts';

export function recordOf(context: Context, name: string): ProcessRecord | undefined {
  return readProcess(context.use(store), name);
}

/** What is there before an operation changes it. */
export function found(context: Context, name: string): Found {
  const record = recordOf(context, name);
  return { spec: record?.spec ?? null, ran: record !== undefined && !isAtRest(record.status) };
}

export function applied(context: Context, name: string, summary: string, result: Found): Applied {
  const record = recordOf(context, name);
  return { summary, result, leaves: [expect(processRun, { name }, record ? runOf(record) : NONE)] };
}
