import { createWorld, type World } from '../../test/rig/home.ts';
import { type Command, outputOf, wallTime } from '../command.ts';
import { gantry } from '../gantry.ts';
import { interleave } from '../interleave.ts';
import type { Family } from '../row.ts';
import { compared } from './compared.ts';

const RUNS = 40;

/** How long the program takes to answer, against a Node that does nothing. */
export const start: Family = {
  name: 'start',
  async *rows(tell) {
    await using world = await createWorld();
    tell(`${RUNS} runs of each`);
    const commands = {
      node: bareNode(world),
      version: gantry(world, ['--version']),
      setting: gantry(world, ['config', 'get', 'undo.keepDays', '--json']),
      catalog: gantry(world, ['models', 'catalog', '--json']),
    };
    requireAnswers(commands);
    const runs = await interleave({
      sides: mapped(commands, (command) => () => wallTime(command)),
      runs: RUNS,
    });
    const against = (own: number[], what: string, bar: number) =>
      compared({ what, bar, own, reference: { name: 'node -e 0', runs: runs.node } });
    yield against(runs.version, '`gantry --version`', 1.15);
    yield against(runs.catalog, '`gantry models catalog --json`', 1.6);
    yield against(runs.setting, '`gantry config get --json`', 1.6);
  },
};

function bareNode(world: World): Command {
  return { argv: [process.execPath, '-e', '0'], cwd: world.path('work'), env: world.environment() };
}

function requireAnswers({ version, setting, catalog }: Record<string, Command>): void {
  const answered = (command: Command | undefined, expected: RegExp) => {
    if (command && !expected.test(outputOf(command)))
      throw new Error(`${command.argv.join(' ')} gave no answer.`);
  };
  answered(version, /^gantry \d/);
  answered(setting, /"key":"undo.keepDays"/);
  answered(catalog, /"models":\[/);
}

function mapped<Name extends string, A, B>(record: Record<Name, A>, to: (value: A) => B): Record<Name, B> {
  const entries = Object.entries<A>(record).map(([name, value]) => [name, to(value)]);
  return Object.fromEntries(entries) as Record<Name, B>;
}
