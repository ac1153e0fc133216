import { parseArgs } from 'node:util';
import { createWorld } from '../home.ts';
import { putOnPath } from '../program.ts';
import { play } from './play.ts';
import { outputProblem, render } from './render.ts';
import { describeProblem, readTape, type Tape } from './tape.ts';

const USAGE = `Plays tapes in the grammar of vhs: each into a shell on a real terminal, in a world of its own.

usage: node test/rig/tape/main.ts [options] TAPE…

  -o, --output PATH  write this too: .txt .svg .png .gif .cast, or a folder/ of frames
      --validate     read the tapes and tell what is wrong with them, without playing
      --hurry        do not wait where a tape sleeps; the recording is as long as ever
`;

const main = async (): Promise<number> => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      output: { type: 'string', short: 'o', multiple: true, default: [] },
      validate: { type: 'boolean', default: false },
      hurry: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help || positionals.length === 0) {
    process.stdout.write(USAGE);
    return values.help ? 0 : 2;
  }
  let code = 0;
  for (const path of positionals) {
    const { tape, problems } = await readTape(path);
    for (const problem of problems) complain(describeProblem(problem));
    if (!tape) code = 2;
    else if (!values.validate) code ||= await playTape(path, tape, values.output, values.hurry);
  }
  return code;
};

const playTape = async (path: string, tape: Tape, more: string[], hurry: boolean): Promise<number> => {
  const outputs = [...tape.outputs, ...more];
  const problems = outputs.map(outputProblem).filter((problem) => problem !== undefined);
  for (const problem of problems) complain(`${path}: ${problem}`);
  if (problems.length > 0) return 2;

  await using world = await createWorld();
  await putOnPath(world);
  const recording = await play(tape, world, { hurry });
  if (recording.failure) {
    complain(describeProblem({ ...recording.failure, path }));
    return 1;
  }
  for (const written of await render(recording, outputs, tape.settings)) process.stdout.write(`${written}\n`);
  return 0;
};

const complain = (message: string) => void process.stderr.write(`${message}\n`);

process.exitCode = await main();
