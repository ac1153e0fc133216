import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Finished } from '../rig/process.ts';
import { isStopped, type Portrait, portraitOf } from './picture.ts';
import type { Twin } from './twin.ts';

/** What the end of a command means. `conflict`: it stopped where somebody has to resolve something. */
export type Meaning = 'ok' | 'refused' | 'conflict' | 'usage';

export type Ended = { meanings: readonly Meaning[]; portrait: Portrait; finished: Finished };

/** One of the two programs that know the model. */
export type Tool = (twin: Twin, words: readonly string[]) => Promise<Ended>;

/** The version of the real git-flow where it is installed. Other editions of it are no measure. */
export const gitFlowVersion = (): string | undefined => {
  try {
    const version = execFileSync('git', ['flow', 'version'], { encoding: 'utf8', stdio: 'pipe' });
    return version.includes('AVH') ? version.trim() : undefined;
  } catch {
    return undefined;
  }
};

/** `git flow WORDS` in the repo of a twin. */
export const avh: Tool = async (twin, words) => {
  const finished = await twin.world.run('git', ['flow', ...(await messageInFile(twin, words))], {
    cwd: twin.repo.dir,
  });
  return ended(twin, finished, ({ code }, portrait) => {
    if (code === 0) return ['ok'];
    if (code === 2 || code === 129) return ['usage'];
    return [isStopped(portrait) ? 'conflict' : 'refused'];
  });
};

/** `gantry flow WORDS` in the repo of a twin, in the way of git-flow. */
export const gantry: Tool = (twin, words) => gantryInStyle('avh', twin, words);

/** The same in Gantry's own way. */
export const gantryItself: Tool = (twin, words) => gantryInStyle('gantry', twin, words);

const gantryInStyle = async (style: string, twin: Twin, words: readonly string[]): Promise<Ended> => {
  const said = words.some((word) => STYLED.has(word)) ? ['--style', style] : [];
  const finished = await twin.world.gantry(['flow', ...words, ...said, '--yes', '--json'], {
    cwd: twin.repo.dir,
    env: { GANTRY_FLOW_STYLE: said.length > 0 ? undefined : style },
  });
  return ended(twin, finished, meaningsOfGantry);
};

/** The commands that have the option `--style`; the others go by the setting. */
const STYLED = new Set(['init', 'start', 'finish', 'branch', 'update', 'delete']);

const NOT_A_COMMAND = new Set(['usage', 'command-unknown', 'input-invalid']);
const REFUSALS = new Set<number | null>([1, 2, 3, 7]);
const CONFLICTS = new Set<number | null>([1, 3]);

const meaningsOfGantry = ({ code, json }: Finished, portrait: Portrait): Meaning[] => {
  if (code === 0) return ['ok'];
  const { error } = json();
  if (NOT_A_COMMAND.has(error.code)) return ['usage'];
  if (error.code === 'unexpected' || !REFUSALS.has(code)) throw new Error('This is no end for a command.');
  // An argument that is at fault; git-flow calls some of them a refusal.
  if (code === 2) return ['usage', 'refused'];
  return [isStopped(portrait) && CONFLICTS.has(code) ? 'conflict' : 'refused'];
};

const ended = async (
  twin: Twin,
  finished: Finished,
  meaningsOf: (finished: Finished, portrait: Portrait) => readonly Meaning[],
): Promise<Ended> => {
  const portrait = await portraitOf(twin);
  try {
    return { meanings: meaningsOf(finished, portrait), portrait, finished };
  } catch (error) {
    throw new Error(told(finished), { cause: error });
  }
};

/** What a program said, for whoever reads a difference; of a JSON document the error, or else the data. */
export const told = ({ code, signal, stdout, stderr }: Finished): string => {
  const document = stdout.startsWith('{"schemaVersion"') ? JSON.parse(stdout) : undefined;
  const said = document ? JSON.stringify(document.error ?? document.data, null, 1) : `${stdout}${stderr}`;
  return `ended with ${code ?? signal}\n${said}`;
};

// git-flow appends the tag's name to the message of -m, and takes that of a file as it is.
const messageInFile = async ({ dir }: Twin, words: readonly string[]): Promise<string[]> => {
  const at = words.indexOf('-m');
  if (at === -1) return [...words];
  const path = join(dir, 'message');
  await writeFile(path, `${words[at + 1]}\n`);
  return words.toSpliced(at, 2, '-f', path);
};
