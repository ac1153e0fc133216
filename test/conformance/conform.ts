import { afterAll, beforeAll, describe } from 'vitest';
import { createWorld, type World } from '../rig/home.ts';
import { test } from '../rig/test.ts';
import type { Case } from './cases.ts';
import { follow } from './follow.ts';
import { avh, gantry, gitFlowVersion, type Tool } from './tools.ts';
import { type Base, copyOf, createBase, type Twin } from './twin.ts';

/** In CI it is installed, and a skip would hide that it is not. */
const isSkipped = gitFlowVersion() === undefined && !process.env.CI;

/** Each case with the real git-flow and with Gantry on twins, which are compared after every command. */
export const conform = (title: string, cases: readonly Case[]): void =>
  play({ how: 'like git flow', title }, cases, { twin: [gantry] });

/** Each case with the commands shared out between the tools, in both orders; the other one always sees what was done. */
export const mix = (title: string, cases: readonly Case[]): void =>
  play({ how: 'by turns with git flow', title }, cases, {
    'git-flow-begins': [avh, gantry],
    'gantry-begins': [gantry, avh],
  });

/** The tools that are given the commands in turn, by the name of the twin that they work on. */
type Casts = Record<string, readonly Tool[]>;

const play = ({ how, title }: { how: string; title: string }, cases: readonly Case[], casts: Casts): void => {
  describe.concurrent(`${how}: ${title}`, () => {
    const bases = useBases();
    for (const { name, on = 'flow', given = [], runs } of cases) {
      test(name, async ({ world, skip }) => {
        skip(isSkipped, 'there is no git-flow (AVH) here; install git-flow to run it');
        // What git-flow would open an editor for is taken as it is proposed.
        world.env.GIT_EDITOR = 'true';
        const model = await copyOf(await bases(on), world, 'model');
        for (const step of given) await step(model);
        const players = Object.entries(casts).map(async ([cast, tools]) => ({
          twin: await copyOf(model, world, cast),
          tools,
        }));
        await follow(runs, model, await Promise.all(players));
      });
    }
  });
};

/** The bases of a table, each made when the first case wants it. */
const useBases = () => {
  let world: World;
  const made = new Map<Base, Promise<Twin>>();
  beforeAll(async () => {
    world = await createWorld();
  });
  afterAll(() => world[Symbol.asyncDispose]());
  return (name: Base): Promise<Twin> => {
    const known = made.get(name) ?? createBase(world, name);
    made.set(name, known);
    return known;
  };
};
