import * as z from 'zod/mini';
import { field } from '#engines/core/fields.ts';

/** A submodule that a repo declares in its `.gitmodules`. */
export const submoduleSchema = z.object({
  id: field(z.string(), { description: 'Repo and path: `api reference/candle`' }),
  repo: field(z.string(), { description: 'Name of the repo', column: 'REPO' }),
  name: field(z.string(), { description: 'Name in .gitmodules' }),
  path: field(z.string(), { description: 'Path from the top of the repo', column: 'SUBMODULE' }),
  url: field(z.nullable(z.string()), { description: 'Where it comes from' }),
  state: field(z.enum(['ok', 'moved', 'dirty', 'missing']), {
    description: 'At another commit than recorded, with changes, not checked out',
    column: 'STATE',
  }),
  branch: field(z.nullable(z.string()), {
    description: 'Checked-out branch; null where HEAD is detached, or nothing is checked out',
    column: 'BRANCH',
  }),
  follows: field(z.nullable(z.string()), { description: 'Branch that .gitmodules names' }),
  recorded: field(z.string(), { description: 'Commit that the repo records' }),
  head: field(z.nullable(z.string()), { description: 'Commit that is checked out', column: 'HEAD' }),
});

export type Submodule = z.infer<typeof submoduleSchema>;

const figure = () => z.nullable(z.number().check(z.nonnegative()));

/** A submodule that was looked into; the figures are null where it is not checked out. */
export const submoduleStatusSchema = z.extend(submoduleSchema, {
  ahead: field(figure(), {
    description: 'Commits that the recorded one lacks; null where the recorded one is not here',
  }),
  behind: field(figure(), { description: 'Commits of the recorded one that are missing' }),
  changed: field(figure(), { description: 'Tracked files with changes' }),
  untracked: field(figure(), { description: 'Untracked files and directories' }),
  standing: field(z.string(), { description: 'All of that in one sentence', column: 'STANDING' }),
});

export type SubmoduleStatus = z.infer<typeof submoduleStatusSchema>;

/** What a command came to in one submodule. */
export const submoduleResultSchema = z.object({
  repo: field(z.string(), { description: 'Name of the repo', column: 'REPO' }),
  submodule: field(z.string(), { description: 'Path from the top of the repo', column: 'SUBMODULE' }),
  status: field(z.string(), { description: 'done, skipped, refused, failed or cancelled', column: 'STATUS' }),
  summary: field(z.string(), { description: 'What came of it', column: 'SUMMARY' }),
  next: field(z.nullable(z.string()), { description: 'What can be done about it' }),
});

export type SubmoduleResult = z.infer<typeof submoduleResultSchema>;

export const branchResultSchema = z.extend(submoduleResultSchema, {
  branch: field(z.nullable(z.string()), {
    description: 'Checked-out branch; null where HEAD is detached, or not known',
    column: 'BRANCH',
  }),
  branches: field(z.array(z.string()), {
    description: 'Branches there are, those of remotes after its own; none where it was to be switched',
    column: 'BRANCHES',
  }),
});

export type BranchResult = z.infer<typeof branchResultSchema>;
