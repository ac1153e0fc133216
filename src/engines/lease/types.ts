import * as z from 'zod/mini';
import { field } from '#engines/core/fields.ts';

/** A claim on a repo or worktree. It lives until its holder has not been heard of for as long as it was taken for. */
export const leaseSchema = z.object({
  id: field(z.string(), { description: 'Absolute path of what is claimed' }),
  repo: field(z.string(), { description: 'Name of the repo', column: 'REPO' }),
  set: field(z.nullable(z.string()), {
    description: 'Worktree set that the worktree belongs to; null of a whole repo',
    column: 'SET',
  }),
  holder: field(z.string(), { description: 'Who holds it', column: 'HOLDER' }),
  note: field(z.nullable(z.string()), { description: 'What it is held for', column: 'NOTE' }),
  live: field(z.boolean(), { description: 'It still holds', column: 'LIVE' }),
  takenAt: field(z.number(), { description: 'When it was taken', unit: 'milliseconds since the epoch' }),
  beatAt: field(z.number(), {
    description: 'When its holder was last heard of',
    unit: 'milliseconds since the epoch',
  }),
  ends: field(z.string(), {
    description: 'When it ends unless its holder is heard of',
    unit: 'RFC 3339',
    column: 'ENDS',
  }),
});

export type Lease = z.infer<typeof leaseSchema>;
