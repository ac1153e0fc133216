import { rm } from 'node:fs/promises';
import { expect } from 'vitest';
import { createFlowWorkspace, likenesses } from '../../engines/flow/field.ts';
import { type GitCall, type GitFaults, gitFaults, random } from '../../rig/faults.ts';
import { repoAt } from '../../rig/git.ts';
import { createWorld, type World } from '../../rig/home.ts';
import { programCommand } from '../../rig/program.ts';
import { until } from '../../rig/until.ts';
import { type Workspace, writeManifest } from '../../rig/workspace.ts';
import { expectSound, expectUnlocked } from '../evidence.ts';
import { FLOW_SUBJECTS, type FlowSubject } from './flow-subjects.ts';

/** The boundary of a step: just before or just after the nth git of its kind that changes something. */
export type Boundary = { match: string; nth: number; when: 'before' | 'after' };

export type Likenesses = Awaited<ReturnType<typeof likenesses>>;

/** Eight repos in which one command can be killed again and again. */
export type Range = AsyncDisposable & {
  boundaries(): Promise<Boundary[]>;
  /** Kills the command, runs it again, and finds what an unkilled run leaves. */
  again(boundary: Boundary): Promise<void>;
  /** Kills the command, takes it back, and finds what was before, byte for byte. */
  back(boundary: Boundary): Promise<void>;
};

const EIGHT = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'];

type Eight = Pick<Workspace, 'dir' | 'names' | 'repo'>;

/** Copies of one repo: they have the same remote, to which nothing is pushed. */
const createEight = async (world: World, { prepare }: FlowSubject): Promise<Eight> => {
  const [first = '', ...others] = EIGHT;
  const { dir, repo, remote, path } = await createFlowWorkspace(world, first);
  const { PATH } = world.env;
  // What is looked at is looked at by git itself: the one that counts and kills takes twice as long.
  const looking: World = {
    ...world,
    run: (file, args, given = {}) => world.run(file, args, { ...given, env: { ...given.env, PATH } }),
  };
  await prepare(repo(first));
  for (const name of others) await world.run('cp', ['-a', path(first), path(name)]);
  await writeManifest(
    dir,
    'eight',
    EIGHT.map((name) => ({ name, url: remote(first).dir, path: name })),
  );
  return { dir, names: EIGHT, repo: (name) => repoAt(looking, path(name)) };
};

const WRITES =
  /^(switch|merge|rebase|tag|branch|fast-import|update-ref|commit|reset|config --local --(replace-all|unset-all))( |$)/;

export const openRange = async (name: string): Promise<Range> => {
  const subject = FLOW_SUBJECTS[name] as FlowSubject;
  const world = await createWorld();
  const workspace = await createEight(world, subject);
  await world.run('cp', ['-a', workspace.dir, world.path('template')]);
  const faults = await gitFaults(world);
  const before = await likenesses(workspace);
  let unkilled: Likenesses | undefined;

  const renew = async () => {
    await faults.disarm();
    await rm(workspace.dir, { recursive: true });
    await rm(world.env.XDG_STATE_HOME as string, { recursive: true, force: true });
    await world.run('cp', ['-a', world.path('template'), workspace.dir], { cwd: world.dir });
  };
  const run = async () => {
    const finished = await world.gantry([...subject.command, '--yes']);
    if (finished.code !== 0)
      throw new Error(`ended with ${finished.code}:\n${finished.stderr}${finished.stdout}`);
  };
  const measured = async () => {
    await renew();
    await faults.forget();
    await run();
    unkilled ??= withoutPlaces(await likenesses(workspace));
    return faults.calls();
  };

  return {
    boundaries: async () => boundariesOf(await measured()),
    again: async (boundary) => {
      if (!unkilled) await measured();
      await renew();
      await kill(world, faults, subject, boundary);
      await runAgain(world, subject);
      expect(withoutPlaces(await likenesses(workspace))).toEqual(unkilled);
      for (const each of workspace.names) await expectSound(workspace.repo(each));
    },
    back: async (boundary) => {
      await renew();
      await kill(world, faults, subject, boundary);
      await takeBack(world);
      expect(await likenesses(workspace)).toEqual(before);
      for (const each of workspace.names) await expectSound(workspace.repo(each));
      await expectUnlocked(world);
    },
    [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
  };
};

/** One boundary of a seed. */
export const drawn = (seed: number, boundaries: readonly Boundary[]): Boundary =>
  boundaries[Math.floor(random(seed)() * boundaries.length)] as Boundary;

const boundariesOf = (calls: readonly GitCall[]): Boundary[] => {
  const kinds = Map.groupBy(
    calls.flatMap(({ args }) => WRITES.exec(args.join(' '))?.[1] ?? []),
    (kind) => kind,
  );
  return [...kinds].flatMap(([kind, all]) =>
    all.flatMap((_, index) =>
      (['before', 'after'] as const).map((when) => ({
        match: kind === 'fast-import' ? `${kind}*` : `${kind} *`,
        nth: index + 1,
        when,
      })),
    ),
  );
};

const kill = async (
  world: World,
  faults: GitFaults,
  { command }: FlowSubject,
  { match, nth, when }: Boundary,
): Promise<void> => {
  const pidFile = world.path('victim');
  await faults.arm({ match, nth, when, kill: { pidFile } });
  const words = ['-c', 'echo $$ > "$0"; exec "$@"', pidFile, ...programCommand(), ...command, '--yes'];
  const { signal } = await world.run('sh', words);
  expect(signal).toBe('SIGKILL');
  await until(() => world.processes().length === 0, { what: 'what the dead program started to end' });
  await faults.disarm();
};

/** Where the killed one had come to its end, there is nothing left that the name could mean. */
const runAgain = async (world: World, { command }: FlowSubject): Promise<void> => {
  const { code, json, stderr } = await world.gantry([...command, '--yes', '--json']);
  if (code === 0) return;
  expect({ code, error: json().error, stderr }).toMatchObject({ error: { code: 'flow-branch-missing' } });
};

/** Undo knows what has a receipt; of a step without one, resume finds out first. */
const takeBack = async (world: World): Promise<void> => {
  const undo = () => world.gantry(['undo', '1', '--yes', '--json']);
  const first = await undo();
  if (first.code === 0) return;
  const { code } = first.json().error;
  if (code === 'undo-impossible') return;
  expect(first.json().error).toMatchObject({ code: 'undo-unknown' });
  const resumed = await world.gantry(['resume', '1', '--yes']);
  expect({ code: resumed.code, stderr: resumed.stderr }).toMatchObject({ code: 0 });
  const { code: ended, stdout } = await undo();
  expect({ ended, stdout }).toMatchObject({ ended: 0 });
};

/** The same keys and values may stand elsewhere in the file. */
const withoutPlaces = (all: Likenesses): Likenesses =>
  Object.fromEntries(
    Object.entries(all).map(([name, one]) => [
      name,
      { ...one, config: one.config.split('\n').toSorted().join('\n') },
    ]),
  );
