import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { gitDirectories } from '../directory.ts';
import { fingerprint } from '../fingerprint.ts';
import { whileLocked } from '../locks.ts';

/** A section of the configuration with the place that it has there; texts are latin1. */
export interface Section {
  text: string;
  at: number;
  /** Fingerprint of the file without it. */
  rest: string;
}

/** The section that git keeps of a branch; nothing where it keeps none. */
export async function readBranchSection(cwd: string, branch: string): Promise<Section | undefined> {
  const file = configFile(cwd);
  const text = await readFile(file, 'latin1').catch(() => '');
  return sectionIn(text, Buffer.from(branch).toString('latin1'));
}

export function sectionIn(text: string, branch: string): Section | undefined {
  const head = `[branch "${branch.replaceAll(/["\\]/g, '\\$&')}"]`;
  const lines = text.split(/(?<=\n)/);
  const first = lines.findIndex((line) => line.trim() === head);
  if (first === -1) return undefined;
  const length = lines.slice(first + 1).findIndex((line) => line.trimStart().startsWith('['));
  const last = length === -1 ? lines.length : first + 1 + length;
  const at = lines.slice(0, first).join('').length;
  const own = lines.slice(first, last).join('');
  return { text: own, at, rest: printOf(text.slice(0, at) + text.slice(at + own.length)) };
}

/** Puts a section back: where it was, or at the end where the file has changed since. One that is there again stays. */
export async function restoreBranchSection(
  context: Context,
  cwd: string,
  branch: string,
  section: Section,
): Promise<void> {
  const file = configFile(cwd);
  await whileLocked(context, `${file}.lock`, async (lock) => {
    const text = await readFile(file, 'latin1').catch(() => '');
    if (sectionIn(text, Buffer.from(branch).toString('latin1'))) return;
    const at = printOf(text) === section.rest ? section.at : text.length;
    await writeFile(lock, text.slice(0, at) + section.text + text.slice(at), {
      encoding: 'latin1',
      flag: 'wx',
    });
    await rename(lock, file);
  });
}

function printOf(text: string): string {
  return fingerprint().update(Buffer.from(text, 'latin1')).digest('hex');
}

function configFile(cwd: string): string {
  return join(gitDirectories(cwd)?.common ?? join(cwd, '.git'), 'config');
}
