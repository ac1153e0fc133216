import * as z from 'zod/mini';
import type { Context } from '#engines/core/context.ts';
import { printOf, readConfigText, rewriteConfig } from './file.ts';

/** What one git changed in the configuration of its repository: a single place, in bytes read as latin1. */
export const configChangeSchema = z.object({
  at: z.number(),
  removed: z.string(),
  inserted: z.string(),
  /** Fingerprint of the file as it was left. */
  after: z.string(),
});

export type ConfigChange = z.infer<typeof configChangeSchema>;

/** Runs a git and tells what it changed in the configuration; null where it changed nothing there. */
export async function recordConfigChange(
  cwd: string,
  run: () => Promise<unknown>,
): Promise<ConfigChange | null> {
  const before = await readConfigText(cwd);
  await run();
  return changeBetween(before, await readConfigText(cwd));
}

/** Puts back what was there, byte for byte where nothing else has changed the file since. */
export function revertConfigChange(context: Context, cwd: string, change: ConfigChange): Promise<void> {
  return rewriteConfig(context, cwd, (text) => revertedText(text, change));
}

export function changeBetween(before: string, after: string): ConfigChange | null {
  if (before === after) return null;
  let start = 0;
  while (start < before.length && before[start] === after[start]) start += 1;
  let end = 0;
  const shortest = Math.min(before.length, after.length) - start;
  while (end < shortest && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return {
    at: start,
    removed: before.slice(start, before.length - end),
    inserted: after.slice(start, after.length - end),
    after: printOf(after),
  };
}

/** Where the file has moved on, what came goes if it stands there once, and a section that went comes to the end. */
export function revertedText(text: string, { at, removed, inserted, after }: ConfigChange): string {
  if (printOf(text) === after) return text.slice(0, at) + removed + text.slice(at + inserted.length);
  const found = inserted === '' ? -1 : text.indexOf(inserted);
  if (found !== -1 && text.indexOf(inserted, found + 1) === -1) {
    return text.slice(0, found) + removed + text.slice(found + inserted.length);
  }
  return inserted === '' && /^\s*\[/.test(removed) ? text + removed : text;
}
