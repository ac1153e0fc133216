import { ACTIONS } from '#app/registry/actions.ts';
import type { ActionCard } from '#engines/core/card.ts';
import { gitFaults } from '../rig/faults.ts';
import { createWorld, type World } from '../rig/home.ts';
import { putOnPath } from '../rig/program.ts';
import type { State } from '../rig/states.ts';
import { createWorkspace } from '../rig/workspace.ts';
import { succeed } from '../scenario/succeed.ts';

/** What an example says of an activity that has to be there. */
type Wanted = 'undone' | 'resumed' | 'shown';

const STATES: readonly State[] = ['dirty', 'behind', 'ahead'];

/** A world in which every example of every action makes sense: its repos are there, and its activities were done. */
export const openStage = async (): Promise<World> => {
  const world = await createWorld();
  await putOnPath(world);
  const names = ['api', 'web', 'docs', ...valuesOf('repo')];
  const states = [...new Set(names)].map((name, index) => [name, STATES[index % STATES.length]]);
  await createWorkspace(world, Object.fromEntries(states));
  await doActivities(world);
  await succeed(world, ['daemon', 'start']);
  return world;
};

/** As many activities as the examples name, each of the kind that its example needs, and an undo for redo. */
const doActivities = async (world: World) => {
  const wanted = wantedActivities();
  const last = Math.max(...wanted.keys());
  const faults = await gitFaults(world);
  for (let id = 1; id <= last; id++) {
    if (wanted.get(id) === 'resumed') await interrupt(world, faults);
    else await succeed(world, ['config', 'set', 'undo.keepDays', String(20 + id)]);
  }
  await succeed(world, ['config', 'set', 'repo.budget', '900']);
  await succeed(world, ['undo']);
};

const interrupt = async (world: World, faults: Awaited<ReturnType<typeof gitFaults>>) => {
  await faults.arm({ match: 'fetch *', kill: 'caller', when: 'after' });
  await world.gantry(['repo', 'fetch', 'api']);
  await faults.disarm();
};

const wantedActivities = (): Map<number, Wanted> => {
  const wanted = new Map<number, Wanted>();
  for (const card of ACTIONS) {
    for (const value of exampleValues(card, 'activity')) {
      const kind = card.id === 'resume' ? 'resumed' : card.id === 'undo' ? 'undone' : 'shown';
      if (wanted.get(Number(value)) !== 'undone') wanted.set(Number(value), kind);
    }
  }
  return wanted;
};

const valuesOf = (completes: 'repo') => ACTIONS.flatMap((card) => exampleValues(card, completes));

const exampleValues = ({ examples, input }: ActionCard, completes: 'repo' | 'activity'): string[] =>
  examples.flatMap((example) =>
    Object.entries(example.input)
      .filter(([name]) => input.properties[name]?.completes === completes)
      .flatMap(([, value]) => value as string | string[]),
  );
