import { access, chmod, constants, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { World } from './home.ts';

/** Whom a fault kills: the process that called git, its whole process group, or the process whose pid a file holds. */
export type Victim = 'caller' | 'group' | { pidFile: string };

export type Fault = {
  /** A shell pattern over git's arguments joined by blanks: `* fetch *`. Any call unless told. */
  match?: string;
  /** Which of the matching calls; the first unless told. */
  nth?: number | 'every';
} & (
  | {
      kill: Victim;
      /** Before git runs, after it ended and before its caller knows, or so many milliseconds after it began. */
      when: 'before' | 'after' | { during: number };
    }
  | { fail: number; stderr?: string }
);

export type GitCall = {
  /** From 1, in the order of beginning. */
  number: number;
  pid: number;
  parent: number;
  cwd: string;
  args: string[];
};

export type GitFaults = {
  /** Replaces the faults; what they have counted begins anew. */
  arm(...faults: Fault[]): Promise<void>;
  disarm(): Promise<void>;
  /** The calls since the last `forget`. */
  calls(): Promise<GitCall[]>;
  /** The most gits that ran at once since the last `forget`. */
  concurrency(): Promise<number>;
  /** The numbers of the armed faults, from 0, that have struck. */
  fired(): Promise<number[]>;
  forget(): Promise<void>;
};

const WRAPPER = new URL('faults/git.sh', import.meta.url);

/** Puts a git that records, fails and kills first in the world's PATH. */
export const gitFaults = async (world: World): Promise<GitFaults> => {
  const dir = world.path('faults');
  const bin = join(dir, 'bin');
  for (const folder of [bin, join(dir, 'sleepers')]) await mkdir(folder, { recursive: true });
  const [shebang, ...script] = (await readFile(WRAPPER, 'utf8')).split('\n');
  const settings = `real=${quoted(await findGit(world))} dir=${quoted(dir)} protected=${await ownGroup()}`;
  await writeFile(join(bin, 'git'), [shebang, settings, ...script].join('\n'));
  await chmod(join(bin, 'git'), 0o755);

  const emptied = async (...folders: string[]) => {
    for (const folder of folders) {
      await rm(join(dir, folder), { recursive: true, force: true });
      await mkdir(join(dir, folder), { recursive: true });
    }
  };
  const faults: GitFaults = {
    arm: async (...given) => {
      await emptied('seen', 'fired', ...given.map((_, index) => `seen/${index}`));
      await writeFile(join(dir, 'plan.next'), given.map(planLine).join(''));
      await rename(join(dir, 'plan.next'), join(dir, 'plan'));
    },
    disarm: () => faults.arm(),
    calls: async () => {
      const numbers = await numbersIn(join(dir, 'calls'));
      return Promise.all(
        numbers.map(async (number) =>
          parseCall(number, await readFile(join(dir, 'calls', `${number}`), 'utf8')),
        ),
      );
    },
    concurrency: async () => mostAtOnce(await readFile(join(dir, 'events'), 'utf8')),
    fired: () => numbersIn(join(dir, 'fired')),
    forget: async () => {
      await emptied('calls');
      await writeFile(join(dir, 'events'), '');
    },
  };
  await faults.forget();
  await faults.disarm();
  world.env.PATH = [bin, world.env.PATH].join(delimiter);
  return faults;
};

/** A moment inside a run that makes so many git calls: which call, and how long after its begin. */
export type Instant = { nth: number; during: number };

/** Draws moments from a seed: the same seed always gives the same ones. `longest` is in milliseconds. */
export const instants = (
  seed: number,
  { count, calls, longest = 20 }: { count: number; calls: number; longest?: number },
) => {
  const next = random(seed);
  return Array.from(
    { length: count },
    (): Instant => ({
      nth: 1 + Math.floor(next() * calls),
      during: Math.floor(next() * longest * 10) / 10,
    }),
  );
};

/** The mulberry32 generator: numbers from 0 up to 1. */
export const random = (seed: number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

const planLine = (fault: Fault, index: number) => {
  const { match = '*', nth = 1 } = fault;
  const action =
    'fail' in fault
      ? ['before', 'fail', `${fault.fail}`, fault.stderr ?? '']
      : [momentOf(fault.when), 'kill', victimOf(fault.kill), delayOf(fault.when)];
  return `fault ${[`${index}`, `${nth}`, match, ...action].map(quoted).join(' ')}\n`;
};

type Moment = Extract<Fault, { when: unknown }>['when'];

const momentOf = (when: Moment) => (typeof when === 'string' ? when : 'during');

const delayOf = (when: Moment) => (typeof when === 'string' ? '' : `${when.during / 1000}`);

const victimOf = (victim: Victim) => (typeof victim === 'string' ? victim : victim.pidFile);

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

const parseCall = (number: number, record: string): GitCall => {
  const [pid, parent, cwd = '', ...args] = record.split('\0').slice(0, -1);
  return { number, pid: Number(pid), parent: Number(parent), cwd, args };
};

const numbersIn = async (folder: string) =>
  (await readdir(folder))
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .sort((a, b) => a - b);

const mostAtOnce = (events: string) => {
  let running = 0;
  let most = 0;
  for (const event of events.split('\n').filter(Boolean)) {
    running += event.startsWith('start') ? 1 : -1;
    most = Math.max(most, running);
  }
  return most;
};

const findGit = async (world: World) => {
  for (const folder of world.env.PATH?.split(delimiter) ?? []) {
    const path = join(folder, 'git');
    if (
      await access(path, constants.X_OK).then(
        () => true,
        () => false,
      )
    )
      return path;
  }
  throw new Error('There is no git in PATH.');
};

/** The tests' own process group, which no fault may kill. Zero where the system does not tell. */
const ownGroup = async () => {
  const status = await readFile('/proc/self/stat', 'utf8').catch(() => '');
  return status.slice(status.lastIndexOf(')') + 2).split(' ')[2] ?? '0';
};
