import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import * as z from 'zod/mini';
import type { DaemonFiles } from './files.ts';

const recordSchema = z.object({ pid: z.number(), instance: z.string(), version: z.string() });

/** Who has the lock, for those who find that the holder does not answer. */
export type DaemonRecord = z.infer<typeof recordSchema>;

export function writeRecord({ record }: DaemonFiles, content: DaemonRecord): void {
  const beside = `${record}.${content.pid}`;
  writeFileSync(beside, `${JSON.stringify(content)}\n`, { mode: 0o600 });
  renameSync(beside, record);
}

/** Nothing where no daemon runs or what is there can't be read; the record of a killed daemon stays. */
export function readRecord({ record }: DaemonFiles): DaemonRecord | undefined {
  try {
    return z.parse(recordSchema, JSON.parse(readFileSync(record, 'utf8')));
  } catch {
    return undefined;
  }
}

export function removeRecord({ record }: DaemonFiles): void {
  rmSync(record, { force: true });
}
