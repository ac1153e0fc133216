import * as z from 'zod/mini';
import { command, query, stream } from '#engines/core/action.ts';
import { field, flag } from '#engines/core/fields.ts';
import { rowDelta } from '#engines/core/rows.ts';
import { leaseSchema } from './types.ts';

const WEEK = 604_800;

const shortText = (most: number) => z.optional(z.string().check(z.minLength(1), z.maxLength(most)));

const place = () => ({
  name: field(z.string().check(z.minLength(1)), {
    description: 'A repo, or a worktree set where no repo has that name',
    positional: true,
    completes: 'repo',
  }),
  repo: field(shortText(200), { description: 'Only this repo of the worktree set', completes: 'repo' }),
});

export const leaseList = query({
  id: 'lease.list',
  summary: 'List who holds which repo or worktree, ended leases of the last day included',
  input: z.object({}),
  output: z.object({ leases: z.array(leaseSchema) }),
  examples: [{ title: 'See who is at work where', input: {} }],
  read: async () => (await import('./list.ts')).readList,
});

export const leaseWatch = stream({
  id: 'lease.watch',
  summary: 'Keep the list of leases up to date',
  input: z.object({}),
  event: rowDelta(leaseSchema),
  shared: true,
  examples: [{ title: 'Watch who takes what and lets it go', input: {} }],
  follow: async () => (await import('./watch.ts')).watchLeases,
});

export const leaseTake = command({
  id: 'lease.take',
  summary:
    'Claim a repo or a worktree set for a while, or go on holding it; with force also from somebody else',
  rerun: 'converge',
  effects: ['destructive'],
  input: z.object({
    ...place(),
    for: field(z._default(z.int().check(z.minimum(1), z.maximum(WEEK)), 1_800), {
      description: 'How long it lasts unless its holder is heard of',
      unit: 'seconds',
    }),
    note: field(shortText(200), {
      description: 'What it is held for; everybody sees it, so no secrets',
      short: 'm',
    }),
    as: field(shortText(100), {
      description: 'Name of a script that takes it; that of GANTRY_HOLDER or the login unless told',
    }),
    force: flag({ description: 'Also where somebody else holds it, after a yes', short: 'f' }),
  }),
  examples: [
    { title: 'Keep everybody else from destroying anything in a repo', input: { name: 'api' } },
    {
      title: 'Hold a repo for an hour, and say why',
      input: { name: 'web', for: 3_600, note: 'rebasing onto main' },
    },
  ],
  plan: async () => (await import('./take.ts')).planTake,
});

export const leaseRelease = command({
  id: 'lease.release',
  summary: 'Give up a lease; with force also that of somebody else',
  rerun: 'converge',
  effects: ['destructive'],
  input: z.object({
    ...place(),
    force: flag({ description: 'Also where somebody else holds it, after a yes', short: 'f' }),
  }),
  examples: [{ title: 'Let others at a repo again', input: { name: 'api' } }],
  plan: async () => (await import('./release.ts')).planRelease,
});
