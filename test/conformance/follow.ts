import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';
import type { Command, Run } from './cases.ts';
import { FAULTS } from './faults.ts';
import { explained, type Portrait, portraitOf } from './picture.ts';
import { expectSeen } from './reading.ts';
import { avh, type Tool, told } from './tools.ts';
import type { Twin } from './twin.ts';

/** A twin, and who is given the commands there: one after the other, over and over. */
export type Player = { twin: Twin; tools: readonly Tool[] };

/** Gives the commands to git-flow on the model and to the players, and compares after each. */
export const follow = async (
  runs: readonly Run[],
  model: Twin,
  players: readonly Player[],
): Promise<void> => {
  let turn = 0;
  for (const run of runs) {
    if (typeof run === 'function') {
      await Promise.all([model, ...players.map(({ twin }) => twin)].map(run));
      continue;
    }
    const command = typeof run === 'string' ? { flow: run } : run;
    const right = await drive(avh, model, command);
    if (command.differs?.mend) expectFault(command, right);
    for (const { twin, tools } of players) {
      const tried = await drive(toolAt(tools, turn), twin, command);
      await expectSame({ ...right, twin: model }, { ...tried, twin });
      if (tools.length > 1) await expectSeen(toolAt(tools, turn + 1), twin, tried.portrait);
    }
    turn += 1;
  }
};

const toolAt = (tools: readonly Tool[], turn: number) => tools[turn % tools.length] as Tool;

type Driven = { portrait: Portrait; unmended?: Portrait; said: string };

/** Runs the command, looks how it ended, and puts right what AVH is known to do wrong. */
const drive = async (
  tool: Tool,
  twin: Twin,
  { flow, gantry = flow, ends = 'ok', differs }: Command,
): Promise<Driven> => {
  const words = wordsOf(tool === avh ? flow : gantry);
  const { meanings, portrait, finished } = await tool(twin, words);
  const said = `${tool === avh ? 'git' : 'gantry'} flow ${words.join(' ')} ${told(finished)}`;
  expect(meanings, said).toContain(tool === avh ? (differs?.ends ?? ends) : ends);
  if (tool !== avh || !differs?.mend) return { portrait, said };
  await differs.mend(twin);
  return { portrait: await portraitOf(twin), unmended: portrait, said };
};

const wordsOf = (words: string | readonly string[]) => (typeof words === 'string' ? words.split(' ') : words);

/** A fault that is none any more leaves the list. */
const expectFault = ({ differs }: Command, { portrait, unmended }: Driven) =>
  expect(unmended, `git-flow is without this fault: ${differs && FAULTS[differs.fault]}`).not.toEqual(
    portrait,
  );

const expectSame = async (right: Driven & { twin: Twin }, tried: Driven & { twin: Twin }) => {
  if (isDeepStrictEqual(tried.portrait, right.portrait)) return;
  const [shown, wanted] = await Promise.all(
    [tried, right].map(({ twin, portrait }) => explained(twin, portrait)),
  );
  expect(shown, tried.said).toEqual(wanted);
};
