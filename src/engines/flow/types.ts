import * as z from 'zod/mini';
import { field } from '#engines/core/fields.ts';
import { FLOW_KINDS, type FlowKind } from '#engines/git/flow-config.ts';

export const KINDS = FLOW_KINDS;

export type Kind = FlowKind;

const standing = (of: string) =>
  field(z.nullable(z.object({ ahead: z.number(), behind: z.number() })), {
    description: `Commits that ${of} lacks, and commits of it that are missing; null where it is not there`,
  });

/** How the branches of one repo are called, and where that is written. */
export const flowRepoSchema = z.object({
  repo: field(z.string(), { description: 'Name of the repo', column: 'REPO' }),
  model: field(z.enum(['avh', 'next', 'manifest', 'off']), {
    description: 'Who says how its branches are called: git-flow, git-flow-next, the manifest, nobody',
    column: 'MODEL',
  }),
  main: field(z.string(), { description: 'Branch of what is released', column: 'MAIN' }),
  develop: field(z.string(), { description: 'Branch that features go to', column: 'DEVELOP' }),
  problem: field(z.nullable(z.string()), {
    description: 'Why no flow branch can be started here',
    column: 'PROBLEM',
  }),
});

/** One flow branch of one repo. */
export const flowBranchSchema = z.object({
  id: field(z.string(), { description: 'Repo and branch: `api feature/login`' }),
  repo: field(z.string(), { description: 'Name of the repo', column: 'REPO' }),
  kind: field(z.enum(KINDS), { description: 'What it is for', column: 'KIND' }),
  name: field(z.string(), { description: 'Name without the prefix', column: 'NAME' }),
  branch: field(z.string(), { description: 'Name of the branch' }),
  oid: field(z.string(), { description: 'Commit that it is at' }),
  develop: standing('develop'),
  main: standing('main'),
  upstream: field(z.nullable(z.string()), { description: 'Where it is published', column: 'UPSTREAM' }),
  ahead: field(z.nullable(z.number()), { description: 'Commits that are not published', column: 'AHEAD' }),
  behind: field(z.nullable(z.number()), {
    description: 'Published commits that are missing here',
    column: 'BEHIND',
  }),
  worktree: field(z.nullable(z.string()), {
    description: 'Absolute path of the worktree that has it checked out',
    column: 'WORKTREE',
  }),
  set: field(z.nullable(z.string()), {
    description: 'Worktree set that the worktree belongs to',
    column: 'SET',
  }),
  dirty: field(z.nullable(z.boolean()), {
    description: 'The worktree has changes; null where it is checked out nowhere, or not known',
    column: 'DIRTY',
  }),
  forecast: field(z.enum(['clean', 'conflict', 'merged', 'unknown']), {
    description: 'What finishing it would come to',
    column: 'FORECAST',
  }),
  conflicts: field(z.array(z.string()), { description: 'Files that would conflict' }),
  lease: field(z.nullable(z.string()), { description: 'Who holds the worktree', column: 'LEASE' }),
  subject: field(z.string(), { description: 'First line of its newest message' }),
  at: field(z.number(), { description: 'When that was committed', unit: 'seconds since the epoch' }),
});

export type FlowRepo = z.infer<typeof flowRepoSchema>;
export type FlowBranch = z.infer<typeof flowBranchSchema>;
