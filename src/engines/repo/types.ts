import * as z from 'zod/mini';
import { field } from '#engines/core/fields.ts';
import { lastCommitSchema, repoStatusSchema } from '#engines/git/types.ts';

export { type RepoStatus, repoStatusSchema } from '#engines/git/types.ts';
export { lastCommitSchema };

const count = () => z.number().check(z.nonnegative());

/** A changed path; git's letters. */
export const changeSchema = z.object({
  staged: field(z.string(), {
    description: 'In the index: M, A, D, R, C, T; U in a conflict',
    column: 'STAGED',
  }),
  unstaged: field(z.string(), {
    description: 'In the working tree: M, D, T; ? of an untracked file, U in a conflict',
    column: 'CHANGED',
  }),
  path: field(z.string(), { description: 'Path from the top of the repo', column: 'PATH' }),
  from: field(z.nullable(z.string()), {
    description: 'Where it was before it was renamed or copied',
    column: 'FROM',
  }),
});

export const commitSchema = z.object({
  oid: field(z.string(), { description: 'Object id', column: 'COMMIT' }),
  parents: field(z.array(z.string()), { description: 'Object ids of the commits before it' }),
  author: field(z.string(), { description: 'Who wrote it', column: 'AUTHOR' }),
  email: field(z.string(), { description: 'Address of who wrote it' }),
  at: field(z.number(), { description: 'When it was written', unit: 'seconds since the epoch' }),
  subject: field(z.string(), { description: 'First line of its message', column: 'SUBJECT' }),
  refs: field(z.array(z.string()), { description: 'Branches and tags that are at it' }),
});

export const branchSchema = z.object({
  name: field(z.string(), { description: 'Name', column: 'BRANCH' }),
  ref: field(z.string(), { description: 'Full name of its ref' }),
  oid: field(z.string(), { description: 'Commit that it is at' }),
  current: field(z.boolean(), { description: 'Checked out here', column: 'CURRENT' }),
  upstream: field(z.nullable(z.string()), { description: 'Upstream branch', column: 'UPSTREAM' }),
  upstreamGone: field(z.boolean(), { description: 'The upstream no longer exists' }),
  ahead: field(count(), { description: 'Commits the upstream lacks', column: 'AHEAD' }),
  behind: field(count(), { description: 'Commits of the upstream that it lacks', column: 'BEHIND' }),
  worktree: field(z.nullable(z.string()), { description: 'Worktree that has it checked out' }),
  subject: field(z.string(), { description: 'First line of its newest message', column: 'SUBJECT' }),
  author: field(z.string(), { description: 'Who wrote its newest commit' }),
  at: field(z.number(), { description: 'When that was committed', unit: 'seconds since the epoch' }),
});

export const remoteSchema = z.object({
  name: field(z.string(), { description: 'Name', column: 'REMOTE' }),
  url: field(z.string(), { description: 'Address, without a password', column: 'URL' }),
  followed: field(z.boolean(), { description: 'The checked-out branch follows a branch of it' }),
  page: field(z.nullable(z.string()), {
    description: 'Its web page, as far as its address tells',
    column: 'PAGE',
  }),
  directory: field(z.nullable(z.string()), { description: 'The directory on this machine that it is' }),
});

export const tagSchema = z.object({
  repo: field(z.string(), { description: 'Name of the repo', column: 'REPO' }),
  name: field(z.string(), { description: 'Name', column: 'TAG' }),
  oid: field(z.string(), { description: 'What it is of, nearly always a commit' }),
  subject: field(z.string(), {
    description: 'First line of its message, or of that of its commit',
    column: 'SUBJECT',
  }),
  at: field(z.nullable(z.number()), {
    description: 'When it was made, or its commit was; null of what has no date',
    unit: 'seconds since the epoch',
    column: 'MADE',
  }),
});

export const submoduleSchema = z.object({
  name: field(z.string(), { description: 'Name in .gitmodules' }),
  path: field(z.string(), { description: 'Path from the top of the repo', column: 'SUBMODULE' }),
  state: field(z.enum(['ok', 'moved', 'dirty', 'missing']), {
    description: 'At another commit than recorded, with changes, not checked out',
    column: 'STATE',
  }),
  url: field(z.nullable(z.string()), { description: 'Where it comes from' }),
  recorded: field(z.string(), { description: 'Commit that the repo records' }),
  head: field(z.nullable(z.string()), { description: 'Commit that is checked out' }),
});

export const fileDiffSchema = z.object({
  change: field(z.string(), { description: 'A, C, D, M, R, T or U', column: 'CHANGE' }),
  path: field(z.string(), { description: 'Path from the top of the repo', column: 'PATH' }),
  from: field(z.optional(z.string()), { description: 'Where it was before it was renamed or copied' }),
  added: field(z.nullable(z.number()), {
    description: 'Lines that came; null of a binary file',
    column: 'ADDED',
  }),
  deleted: field(z.nullable(z.number()), { description: 'Lines that went', column: 'DELETED' }),
});

export const diffSchema = z.object({
  files: z.array(fileDiffSchema),
  text: field(z.string(), { description: 'The patch' }),
  truncated: field(z.boolean(), { description: 'The patch is longer than what is given of it' }),
});

export const detailSchema = z.object({
  status: repoStatusSchema,
  changes: z.array(changeSchema),
  commits: z.array(commitSchema),
  branches: z.array(branchSchema),
  submodules: z.array(submoduleSchema),
});

/** What a command came to in one repo. */
export const repoResultSchema = z.object({
  repo: field(z.string(), { description: 'Name in the workspace', column: 'REPO' }),
  status: field(z.string(), { description: 'done, skipped, refused, failed or cancelled', column: 'STATUS' }),
  summary: field(z.string(), { description: 'What came of it', column: 'SUMMARY' }),
  next: field(z.nullable(z.string()), { description: 'What can be done about it' }),
});

export const pullResultSchema = z.extend(repoResultSchema, {
  commits: field(count(), { description: 'Commits that came' }),
  files: field(count(), { description: 'Files that they touch' }),
  subjects: field(z.array(z.string()), { description: 'First lines of the newest of them' }),
});

export type Change = z.infer<typeof changeSchema>;
export type Commit = z.infer<typeof commitSchema>;
export type Remote = z.infer<typeof remoteSchema>;
export type Branch = z.infer<typeof branchSchema>;
export type Tag = z.infer<typeof tagSchema>;
export type Submodule = z.infer<typeof submoduleSchema>;
export type Diff = z.infer<typeof diffSchema>;
export type Detail = z.infer<typeof detailSchema>;
export type RepoResult = z.infer<typeof repoResultSchema>;
export type PullResult = z.infer<typeof pullResultSchema>;
