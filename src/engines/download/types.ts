import * as z from 'zod/mini';
import { failureSchema } from '#engines/core/failure.ts';
import { REASONS } from './transfer/passing.ts';

/** One file of a hub and where it is to be. */
export const specSchema = z.object({
  /** The catalog's name of the model that it belongs to; null of a file by itself. */
  model: z.nullable(z.string()),
  endpoint: z.string(),
  repo: z.string(),
  revision: z.string(),
  commit: z.nullable(z.string()),
  /** Path in the repository. */
  file: z.string(),
  /** Bytes. */
  size: z.number(),
  etag: z.string(),
  /** What the catalog says that the bytes come to. */
  sha256: z.nullable(z.string()),
  /** Absolute; the file is put below it, at its path in the repository. */
  directory: z.string(),
});

export type DownloadSpec = z.infer<typeof specSchema>;

export const PHASES = ['queued', 'active', 'paused', 'failed', 'done', 'cancelled'] as const;
export type Phase = (typeof PHASES)[number];

export const waitingSchema = z.object({
  reason: z.enum(REASONS),
  words: z.string(),
  /** Milliseconds since the epoch. */
  until: z.nullable(z.number()),
});

/** How far a download has come. */
export const stateSchema = z.object({
  phase: z.enum(PHASES),
  /** Bytes. */
  received: z.number(),
  /** Bytes per second, of late. */
  rate: z.number(),
  /** Why nothing comes. */
  waiting: z.nullable(waitingSchema),
  /** Why it has failed, and what to do. */
  failure: z.nullable(failureSchema),
  /** What else a person should know of it. */
  notes: z.array(z.string()),
  /** Of the whole file. */
  sha256: z.nullable(z.string()),
  startedAt: z.nullable(z.number()),
  endedAt: z.nullable(z.number()),
});

export type DownloadState = z.infer<typeof stateSchema>;

export const QUEUED: DownloadState = {
  phase: 'queued',
  received: 0,
  rate: 0,
  waiting: null,
  failure: null,
  notes: [],
  sha256: null,
  startedAt: null,
  endedAt: null,
};

/** Whether it is on its way, or would be if it were let. */
export function isOpen({ phase }: Pick<DownloadState, 'phase'>): boolean {
  return phase === 'queued' || phase === 'active' || phase === 'paused';
}
