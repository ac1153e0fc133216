import { writeFile } from 'node:fs/promises';
import { createWorld, type World } from '../../test/rig/home.ts';
import { type Command, wallTime } from '../command.ts';
import { type Fixture, fixtureWorkspace } from '../fixtures/workspace.ts';
import { gantry } from '../gantry.ts';
import { interleave } from '../interleave.ts';
import { statusPeers } from '../peers.ts';
import type { Family } from '../row.ts';
import { ratio } from '../statistics.ts';
import { requireSame } from './answers.ts';
import { compared } from './compared.ts';

const SIZES = [
  { repos: 20, bar: 1.3, runs: 20 },
  { repos: 100, bar: 1.3, runs: 12 },
  { repos: 500, bar: 1.05, runs: 10 },
];

const PEER_RUNS = 3;

/** Status of many repositories as whole processes, against git itself on two processors. */
export const git: Family = {
  name: 'git',
  async *rows(tell) {
    for (const { repos, bar, runs } of SIZES) {
      const what = `status of ${repos} repos`;
      tell(`${repos} repos`);
      const fixture = await fixtureWorkspace({ repos });
      await using world = await createWorld();
      const own = gantry(world, ['repo', 'status', '--json'], { cwd: fixture.dir });
      requireSame(own, fixture);
      tell(`${repos} repos: the answers are the same; ${runs} runs of each`);
      const reference = await manyGits(world, fixture);
      const measured = await interleave({ sides: { own: timed(own), reference: timed(reference) }, runs });
      yield compared({
        what,
        bar,
        own: measured.own,
        reference: { name: '`xargs -P2 git status`', runs: measured.reference },
        peers: await ratiosOf(await statusPeers(world, fixture), reference),
      });
    }
  },
};

/** The others against the same reference; they are slow, so that they run less often. */
async function ratiosOf(peers: Record<string, Command>, reference: Command): Promise<Record<string, number>> {
  const ratios: Record<string, number> = {};
  for (const [name, peer] of Object.entries(peers)) {
    const sides = { peer: timed(peer), reference: timed(reference) };
    const runs = await interleave({ sides, runs: PEER_RUNS, warmUp: 1 });
    ratios[name] = ratio(runs.peer, runs.reference).median;
  }
  return ratios;
}

/** `git status` of every repository, two at a time: what a shell can do. */
async function manyGits(world: World, { dir, repos }: Fixture): Promise<Command> {
  const list = world.path('repositories');
  await writeFile(list, repos.map((repo) => `${repo.dir}\0`).join(''));
  const script = 'exec xargs -0 -P2 -I{} git -C {} status --porcelain=v2 --branch <"$1"';
  return { argv: ['sh', '-c', script, 'sh', list], cwd: dir, env: world.environment() };
}

const timed = (command: Command) => () => wallTime(command);
