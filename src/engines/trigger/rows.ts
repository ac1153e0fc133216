import * as z from 'zod/mini';
import type { Context } from '#engines/core/context.ts';
import { field } from '#engines/core/fields.ts';
import { OVERLAPS, wordsOf } from '#engines/job/job.ts';
import { moment, runFields, runRowOf } from '#engines/job/rows.ts';
import { endedRuns, openRuns, type Run } from '#engines/job/runs.ts';
import { store } from '#engines/store/store.ts';
import { definitionSchema, ONS, occasionWords } from './definition.ts';
import { tokenFile } from './files.ts';
import type { Trigger } from './records.ts';

/** One run as it is shown. */
export const runRowSchema = z.object({
  ...runFields,
  event: field(z.nullable(z.string()), { description: 'What had happened', column: 'EVENT' }),
});

export type RunRow = z.infer<typeof runRowSchema>;

/** A trigger as it is shown. */
export const triggerSchema = z.object({
  id: field(z.string(), { description: 'Name', column: 'TRIGGER' }),
  on: field(z.enum(ONS), { description: 'What it waits for', column: 'ON' }),
  event: field(z.string(), { description: 'The same in particular', column: 'EVENT' }),
  paused: field(z.boolean(), { description: 'Nothing of it runs by itself', column: 'PAUSED' }),
  url: field(z.nullable(z.string()), { description: 'Where a webhook is posted to' }),
  token: field(z.nullable(z.string()), { description: 'File that has its token' }),
  problem: field(z.nullable(z.string()), {
    description: 'Why it can not be told of anything now',
    column: 'PROBLEM',
  }),
  running: field(z.number(), { description: 'Runs that go on', column: 'RUNNING' }),
  waiting: field(z.number(), { description: 'Runs that wait for one of them' }),
  lastAt: moment('Start of the last run that has ended', 'LAST'),
  outcome: field(runRowSchema.shape.outcome, { description: 'How that ended', column: 'OUTCOME' }),
  last: field(z.nullable(runRowSchema), { description: 'The last run that has ended' }),
  passed: field(z.nullable(z.object({ moment: z.number(), why: z.string() })), {
    description: 'When something happened last for which nothing was run, and why',
  }),
  about: field(z.string(), { description: 'What it runs', column: 'RUNS' }),
  overlap: field(z.enum(OVERLAPS), {
    description: 'What happens when it is told again and a run still goes on',
  }),
  rate: field(z.number(), { description: 'Runs within a minute at the most' }),
  workspace: field(z.nullable(z.string()), { description: 'Root of the workspace that it runs in' }),
  definition: definitionSchema,
});

export type TriggerRow = z.infer<typeof triggerSchema>;

/** Where the server of webhooks and tasks is, and why it is not there. */
export interface Served {
  url: string;
  problem: string | null;
}

export function triggerRows(
  triggers: readonly Trigger[],
  served: Served,
  { use, paths }: Pick<Context, 'use' | 'paths'>,
): TriggerRow[] {
  const opened = use(store);
  return triggers.map(({ definition, paused, progress }) => {
    const { name, occasion, overlap, rate, workspace, call } = definition;
    const owner = { kind: 'trigger', name } as const;
    const [last] = endedRuns(opened, owner, 1);
    const own = openRuns(opened, owner);
    const isWebhook = occasion.on === 'webhook';
    return {
      ...{ id: name, on: occasion.on, event: occasionWords(definition), paused },
      url: isWebhook ? `${served.url}/hooks/${name}` : null,
      token: isWebhook ? tokenFile(paths, name) : null,
      problem: !paused && (isWebhook || occasion.on === 'a2a') ? served.problem : null,
      running: own.filter(({ state }) => state === 'begun').length,
      waiting: own.filter(({ state }) => state === 'waiting').length,
      lastAt: last?.startedAt ?? null,
      outcome: last?.outcome ?? null,
      last: last ? runRow(last) : null,
      ...{ passed: progress.passed, about: wordsOf(call), overlap, rate, workspace, definition },
    };
  });
}

export function runRow(run: Run): RunRow {
  return { ...runRowOf(run), event: run.event?.said ?? null };
}
