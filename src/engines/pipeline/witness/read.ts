import { open, readdir } from 'node:fs/promises';
import { isRecord } from '#engines/core/json.ts';
import { isRunId } from './place.ts';

/** One line of a witness, whoever wrote it. */
export type WitnessEvent = { type: string } & { [key: string]: unknown };

/** Bytes of one witness that are read. */
const MOST_BYTES = 4_194_304;

/** Names of runs, newest first. */
export async function runNames(runs: string): Promise<string[]> {
  const names = await readdir(runs).catch(() => []);
  return names.filter(isRunId).sort(newestFirst);
}

/** None where there is no witness; lines that are no events are left out. */
export async function readEvents(file: string): Promise<WitnessEvent[]> {
  const text = await readBounded(file);
  return text.split('\n').flatMap((line) => {
    try {
      const event: unknown = JSON.parse(line);
      return isRecord(event) && typeof event.type === 'string' ? [event as WitnessEvent] : [];
    } catch {
      return [];
    }
  });
}

async function readBounded(file: string): Promise<string> {
  try {
    await using handle = await open(file);
    const { size } = await handle.stat();
    const bytes = Buffer.alloc(Math.min(size, MOST_BYTES));
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, 0);
    return bytes.toString('utf8', 0, bytesRead);
  } catch {
    return '';
  }
}

/** By their moments; of one moment those that began later first. */
function newestFirst(one: string, other: string): number {
  return one < other ? 1 : -1;
}
