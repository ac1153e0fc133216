import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as z from 'zod/mini';
import type { Application } from '#engines/core/operation.ts';
import { gitDirectories } from '../directory.ts';
import { type ConfigChange, changeBetween, configChangeSchema } from './change.ts';
import { readConfigText } from './file.ts';

/** What a step has changed so far, and the file as it was before the edit that is under way. It never leaves the repository. */
const journalSchema = z.object({
  activity: z.string(),
  step: z.string(),
  changes: z.array(configChangeSchema),
  before: z.string(),
});

type Owner = Pick<Application, 'activity' | 'step'>;

/** Written before each edit, so that a process that dies takes nothing with it that undo needs. */
export async function writeJournal(
  cwd: string,
  { activity, step }: Owner,
  changes: readonly ConfigChange[],
): Promise<void> {
  const file = journalFile(cwd);
  await mkdir(dirname(file), { recursive: true });
  const before = await readConfigText(cwd);
  await writeFile(`${file}.new`, JSON.stringify({ activity, step, changes, before }), { mode: 0o600 });
  await rename(`${file}.new`, file);
}

/** The changes that an earlier attempt at this step made, as far as it came; nothing where it did not begin. */
export async function readJournal(
  cwd: string,
  { activity, step }: Owner,
): Promise<ConfigChange[] | undefined> {
  const text = await readFile(journalFile(cwd), 'utf8').catch(() => undefined);
  const journal = text === undefined ? undefined : z.safeParse(journalSchema, JSON.parse(text));
  if (!journal?.success || journal.data.activity !== activity || journal.data.step !== step) return undefined;
  const { changes, before } = journal.data;
  const last = changeBetween(before, await readConfigText(cwd));
  return last ? [...changes, last] : changes;
}

function journalFile(cwd: string): string {
  return join(gitDirectories(cwd)?.common ?? join(cwd, '.git'), 'gantry', 'config.json');
}
