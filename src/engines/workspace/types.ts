import * as z from 'zod/mini';
import { field } from '#engines/core/fields.ts';
import { repoStatusSchema } from '#engines/git/types.ts';
import type { Manifest } from './schema.ts';

const count = (description: string) => field(z.number(), { description });

export const listedRepoSchema = z.object({
  name: field(z.string(), { description: 'Name in the workspace', column: 'REPO' }),
  url: field(z.nullable(z.string()), { description: 'Where it is cloned from', column: 'URL' }),
  path: field(z.string(), { description: 'Absolute path', column: 'PATH' }),
  defaultBranch: field(z.string(), { description: 'Branch that is integrated into', column: 'BRANCH' }),
  cloned: field(z.boolean(), { description: 'Whether a repository is at the path', column: 'CLONED' }),
});

export type ListedRepo = z.infer<typeof listedRepoSchema>;

export const workspaceHeadSchema = z.object({
  name: field(z.string(), { description: 'Name of the workspace' }),
  root: field(z.string(), { description: 'Its directory, absolute' }),
  manifest: field(z.string(), { description: 'Its manifest, absolute' }),
  trusted: field(z.boolean(), {
    description: 'A person trusts every command that it brings, or it brings none',
  }),
  commands: field(z.array(z.string()), { description: 'Commands that it brings' }),
});

export type WorkspaceHead = z.infer<typeof workspaceHeadSchema>;

export const workspaceStatusSchema = z.extend(workspaceHeadSchema, {
  counts: field(
    z.object({
      repos: count('Repos that the manifest lists'),
      cloned: count('Repos that are there'),
      dirty: count('Repos with uncommitted changes'),
      ahead: count('Repos with commits that their upstream lacks'),
      behind: count('Repos that lack commits of their upstream'),
      conflicted: count('Repos with conflicts'),
      unknown: count('Repos of which not everything could be read'),
    }),
    { description: 'How many repos are in which state' },
  ),
  repos: z.array(
    z.extend(repoStatusSchema, {
      origin: field(z.nullable(z.string()), {
        description: 'Where it fetches from, where the manifest names another address',
        column: 'ORIGIN',
      }),
    }),
  ),
});

export type WorkspaceStatus = z.infer<typeof workspaceStatusSchema>;

const outcome = () => ({
  repo: field(z.string(), { description: 'Name of the repo', column: 'REPO' }),
  status: field(z.enum(['done', 'failed', 'skipped', 'refused', 'cancelled', 'unknown', 'replan']), {
    description: 'What came of it',
    column: 'STATUS',
  }),
});

export const syncResultSchema = z.object({
  ...outcome(),
  summary: field(z.string(), { description: 'What was brought, or why nothing was', column: 'RESULT' }),
  next: field(z.nullable(z.string()), { description: 'What can be done about it' }),
});

export type SyncResult = z.infer<typeof syncResultSchema>;

/** What a command did in one repo. */
export const execResultSchema = z.object({
  ...outcome(),
  exitCode: field(z.nullable(z.number()), {
    description: 'Null where it did not run to its end',
    column: 'EXIT',
  }),
  stdout: field(z.string(), { description: 'The end of what it wrote to its standard output' }),
  stderr: field(z.string(), { description: 'The end of what it wrote to its standard error' }),
  truncated: field(z.boolean(), { description: 'It wrote more than is kept' }),
  reason: field(z.nullable(z.string()), { description: 'Why there is no exit code, or what failed' }),
});

export type ExecResult = z.infer<typeof execResultSchema>;

export interface WorkspaceRepo {
  name: string;
  /** Where it is cloned from; absent where it exists only here. */
  url?: string;
  /** Absolute. */
  path: string;
  /** As the manifest has it: relative to the root, or absolute. */
  localPath: string;
  defaultBranch: string;
  /** A command of the workspace; runs only in a trusted one. */
  setup?: string;
}

export interface Workspace {
  /** The directory that has the manifest's folder, absolute. */
  root: string;
  /** What the paths of repos are relative to, absolute; the root, unless the manifest says another. */
  base: string;
  name: string;
  manifestPath: string;
  repos: WorkspaceRepo[];
  manifest: Manifest;
  /** The manifest's text, as it was read. */
  text: string;
}
