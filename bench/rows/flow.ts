import { clone, createRemote, type Repo } from '../../test/rig/git.ts';
import { createWorld, type World } from '../../test/rig/home.ts';
import { writeManifest } from '../../test/rig/workspace.ts';
import { type Command, outputOf, wallTime } from '../command.ts';
import { gantry } from '../gantry.ts';
import { isInPath } from '../peers.ts';
import { type Family, notYet, type Row } from '../row.ts';
import { compared } from './compared.ts';

const BAR = 0.6;
const SIZES = [
  { repos: 1, runs: 12 },
  { repos: 8, runs: 6 },
];

/** What is done once in every run; commits in between are not timed. */
const TASKS = [
  'start of a feature',
  'finish of a feature',
  'start of a release',
  'finish of a release',
] as const;

type Task = (typeof TASKS)[number];
type Side = 'own' | 'reference';

/** One side's repositories, and how it does a task in all of them as one process. */
interface Contestant {
  repos: Repo[];
  command(words: readonly string[]): Command;
}

/** Starting and finishing flow branches as whole processes, against git-flow itself in a shell's loop. */
export const flow: Family = {
  name: 'flow',
  async *rows(tell) {
    for (const { repos, runs } of SIZES) {
      const where = repos === 1 ? 'one repo' : `${repos} repos`;
      if (!isInPath('git-flow')) {
        yield* TASKS.map((task) => row(task, where, undefined));
        continue;
      }
      await using world = await createWorld();
      const sides = { own: await ownSide(world, repos), reference: await referenceSide(world, repos) };
      const times = Object.fromEntries(
        TASKS.map((task) => [task, { own: [] as number[], reference: [] as number[] }]),
      ) as Record<Task, Record<Side, number[]>>;
      for (let run = -1; run < runs; run += 1) {
        tell(`${where}: run ${run + 1} of ${runs}`);
        for (const side of ['own', 'reference'] as const) {
          const taken = await cycle(sides[side], run + 1);
          if (run >= 0) for (const task of TASKS) times[task][side].push(taken[task]);
        }
      }
      yield* TASKS.map((task) => row(task, where, times[task]));
    }
  },
};

function row(task: Task, where: string, times: Record<Side, number[]> | undefined): Row {
  const what = `${task} in ${where}`;
  if (!times) return notYet(what, { unit: 'x', bar: BAR }, 'git-flow is not on this machine');
  return compared({
    what,
    bar: BAR,
    own: times.own,
    reference: { name: '`git flow`', runs: times.reference },
  });
}

async function cycle({ repos, command }: Contestant, run: number): Promise<Record<Task, number>> {
  const feature = `work-${run}`;
  const version = `1.${run}.0`;
  const timed = (...words: string[]) => wallTime(command(words));
  const started = timed('feature', 'start', feature);
  for (const repo of repos) for (const part of ['a', 'b']) await change(repo, `${feature}-${part}`);
  const finished = timed('feature', 'finish', feature);
  const opened = timed('release', 'start', version);
  for (const repo of repos) await change(repo, version);
  const released = timed('release', 'finish', '-m', version, version);
  return {
    'start of a feature': started,
    'finish of a feature': finished,
    'start of a release': opened,
    'finish of a release': released,
  };
}

async function change(repo: Repo, name: string): Promise<void> {
  await repo.write(`${name}.txt`, name);
  await repo.git('add', '.');
  await repo.git('commit', '--quiet', '-m', name);
}

async function ownSide(world: World, count: number): Promise<Contestant> {
  const dir = world.path('work', 'own');
  const repos = await repositories(world, dir, count);
  return { repos, command: (words) => gantry(world, ['flow', ...words], { cwd: dir }) };
}

async function referenceSide(world: World, count: number): Promise<Contestant> {
  const dir = world.path('work', 'reference');
  const repos = await repositories(world, dir, count);
  const script = 'for repo in */; do (cd "$repo" && git flow "$@") || exit; done';
  return {
    repos,
    command: (words) => ({
      argv: ['sh', '-c', script, 'sh', ...words],
      cwd: dir,
      env: { ...world.environment(), GIT_MERGE_AUTOEDIT: 'no', GIT_EDITOR: 'true' },
    }),
  };
}

async function repositories(world: World, dir: string, count: number): Promise<Repo[]> {
  const names = Array.from({ length: count }, (_, index) => `repo-${index + 1}`);
  const template = await createRemote(world, `${dir}.git`, { files: 200, commits: 30 });
  const repos = await Promise.all(names.map((name) => clone(world, template, `${dir}/${name}`)));
  for (const repo of repos) {
    await repo.git('remote', 'remove', 'origin');
    outputOf({ argv: ['git', 'flow', 'init', '-d'], cwd: repo.dir, env: world.environment() });
  }
  await writeManifest(
    dir,
    'flow',
    names.map((name) => ({ name, url: template.dir, path: name })),
  );
  return repos;
}
