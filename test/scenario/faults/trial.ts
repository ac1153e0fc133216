import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { gitFaults } from '../../rig/faults.ts';
import type { Repo } from '../../rig/git.ts';
import { createWorld, type World } from '../../rig/home.ts';
import { programCommand } from '../../rig/program.ts';
import { until } from '../../rig/until.ts';
import { expectKept, expectSound, expectUnlocked, type Picture, pictureOf } from '../evidence.ts';
import { succeed } from '../succeed.ts';
import { type Scene, SUBJECTS, type Subject } from './subjects.ts';

/** When the program is killed: before, after, or so many milliseconds into the nth git that it starts. */
export type Kill = {
  nth: number;
  when: 'before' | 'after' | { during: number };
  /** The person resumes while what the dead program started still runs. */
  impatient?: boolean;
};

type Pictures = readonly (Picture | undefined)[];

type Repos = readonly { main: Repo; repo: Repo }[];

/**
 * Kills the program once, brings the command to its end and takes it back. After each of the three nothing is lost;
 * after the last two nothing is locked, every repository is whole, and everything is what it must be.
 * False where the program made too few gits to be killed.
 */
export const trial = async (name: string, kill: Kill): Promise<boolean> => {
  const subject = subjectOf(name);
  await using world = await createWorld();
  const { expectDone, ...scene } = await subject.prepare(world);
  const repos = reposOf(scene);
  const before = await picturesOf(repos);

  const killed = await runKilled(world, subject, kill);
  if (!kill.impatient) await orphansGone(world);
  await expectNothingLost(world, repos, before);

  await finish(world, subject);
  await orphansGone(world);
  await expectDone();
  await expectNothingLost(world, repos, before);
  await expectAllSound(world, repos);

  await succeed(world, subject.back);
  expect(await picturesOf(repos)).toEqual(before);
  await expectAllSound(world, repos);
  return killed;
};

/** How many gits the command starts when nobody kills it. */
export const gitsOf = async (name: string): Promise<number> => {
  const subject = subjectOf(name);
  await using world = await createWorld();
  await subject.prepare(world);
  const faults = await gitFaults(world);
  await succeed(world, subject.command);
  return (await faults.calls()).length;
};

const subjectOf = (name: string): Subject => {
  const subject = SUBJECTS[name];
  if (!subject)
    throw new Error(`There is no subject ${name}; there are ${Object.keys(SUBJECTS).join(', ')}.`);
  return subject;
};

/** The program leaves its pid first, so that a git that was started by a shell of its own can kill it as well. */
const runKilled = async (world: World, { command }: Subject, { nth, when }: Kill): Promise<boolean> => {
  const pidFile = world.path('victim');
  const { PATH = '' } = world.env;
  const faults = await gitFaults(world);
  await faults.arm({ nth, when, kill: { pidFile } });
  const run = ['sh', '-c', 'echo $$ > "$0"; exec "$@"', pidFile, ...programCommand(), ...command] as const;
  const { signal } = await world.run(run[0], run.slice(1));
  world.env.PATH = PATH;
  return signal === 'SIGKILL';
};

/** A git that writes outlives whoever started it, and ends by itself. */
const orphansGone = (world: World) =>
  until(() => world.processes().length === 0, { what: 'what the dead program started to end' });

/** Continues what was broken off; what had not begun is run again. */
const finish = async (world: World, { action, command }: Subject) => {
  const { json } = await succeed(world, ['activity', 'list', '--json']);
  const [newest] = json<{ activities: { id: string; action: string; status: string }[] }>().data.activities;
  if (newest?.status === 'interrupted') await succeed(world, ['resume', newest.id, '--yes']);
  else if (newest?.action !== action) await succeed(world, command);
};

/** The repos of the workspace, and their linked worktrees. */
const reposOf = ({ workspace, worktrees = [] }: Omit<Scene, 'expectDone'>): Repos => [
  ...workspace.names.map((name) => ({ main: workspace.repo(name), repo: workspace.repo(name) })),
  ...worktrees,
];

/** What is here alone: what was fetched stays known. What is absent has no picture. */
const picturesOf = (repos: Repos): Promise<Pictures> =>
  Promise.all(
    repos.map(async ({ repo }) => {
      if (!existsSync(repo.dir)) return undefined;
      const picture = await pictureOf(repo);
      return { ...picture, refs: picture.refs.filter((line) => !line.includes(' refs/remotes/')) };
    }),
  );

/** A worktree may be gone by then, and what it had in the trash. */
const expectNothingLost = async (world: World, repos: Repos, before: Pictures) => {
  const trash = join(world.env.XDG_STATE_HOME as string, 'gantry', 'trash');
  for (const [index, { main, repo }] of repos.entries()) {
    const picture = before[index];
    if (picture) await expectKept(main, picture, [repo.dir, trash]);
  }
};

const expectAllSound = async (world: World, repos: Repos) => {
  for (const { repo } of repos.filter((one) => existsSync(one.repo.dir))) await expectSound(repo);
  await expectUnlocked(world);
};
