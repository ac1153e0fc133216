import type { Property } from '#app/registry/card.ts';
import { ONS } from '#engines/trigger/definition.ts';
import type { Acting, Told } from '../dialect.ts';
import { dataOf, ifDone, receiptIn } from '../told.ts';

const ARTIFACT: Property = {
  type: 'string',
  positional: true,
  completes: 'file',
  description: 'The .jos file',
};

const run: Acting = {
  id: 'run',
  summary: 'Run a pipeline to its end',
  takes: {
    artifact: ARTIFACT,
    flow: { type: 'string', default: 'main', description: 'Which of its flows' },
    insecure: { type: 'boolean', description: 'Also where it is not what was signed' },
    yes: { type: 'boolean', short: 'y', description: 'Confirm the steps that somebody has to confirm' },
  },
  asks: ({ yes }) => yes !== true,
  calls: ({ artifact, flow, insecure }) => [{ action: 'pipeline.run', input: { artifact, flow, insecure } }],
  lines: (told) => ifDone(told, ['✓ Execution complete']) ?? [],
  json: (told) => dataOf(told, 'pipeline.run'),
  would: () => '✓ Dry run complete',
};

const schedule: Acting = {
  id: 'schedule',
  summary: 'Run an artifact again and again',
  takes: {
    artifact: ARTIFACT,
    cron: {
      type: 'string',
      description: 'When: five fields, six with seconds, or a shortcut such as @daily',
    },
    name: { type: 'string', description: 'Name; that of the artifact unless told' },
  },
  optional: ['name'],
  would: () => 'Run an artifact again and again',
  calls: ({ artifact, cron, name }) => [{ action: 'schedule.add', input: { artifact, cron, name } }],
  lines: addedLines,
  json: (told) => ifDone(told, { schedules: namesIn(told) }),
};

const trigger: Acting = {
  id: 'trigger',
  summary: 'Run an artifact whenever something happens',
  takes: {
    artifact: ARTIFACT,
    on: { type: 'string', enum: [...ONS], description: 'What it waits for' },
    name: { type: 'string', description: 'Name; that of the artifact unless told' },
    path: { type: 'array', items: { type: 'string' }, description: 'Files to watch, of file' },
    repo: { type: 'string', description: 'Repo whose refs are watched, of git' },
    ref: { type: 'string', description: 'Branch or tag, of git' },
    process: { type: 'array', items: { type: 'string' }, description: 'What is watched, of process' },
  },
  optional: ['name', 'path', 'repo', 'ref', 'process'],
  would: () => 'Run an artifact whenever something happens',
  calls: ({ artifact, on, name, path, repo, ref, process }) => [
    { action: 'trigger.add', input: { artifact, on, name, path, repo, ref, process } },
  ],
  lines: addedLines,
  json: (told) => ifDone(told, { triggers: namesIn(told) }),
};

export const runs: readonly Acting[] = [run, schedule, trigger];

function addedLines(told: Told): string[] {
  return (receiptIn(told)?.steps ?? []).map(({ target, summary }) => `✓ ${target.name}: ${summary}`);
}

function namesIn(told: Told): string[] {
  return (receiptIn(told)?.steps ?? []).map(({ target }) => target.name);
}
