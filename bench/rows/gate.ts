import { createWorld, type World } from '../../test/rig/home.ts';
import { freePort } from '../../test/rig/port.ts';
import { installWorkers, putModel } from '../../test/rig/workers/workers.ts';
import { outputOf } from '../command.ts';
import { gantry } from '../gantry.ts';
import { interleave } from '../interleave.ts';
import type { Family } from '../row.ts';
import { stopDaemon } from '../workbench.ts';
import { compared } from './compared.ts';

const RUNS = 15;

/** Requests of one run, one after the other. */
const REQUESTS = 100;

/** What a request through the gateway takes, against the same request to the worker itself. */
export const gate: Family = {
  name: 'gate',
  async *rows(tell) {
    await using world = await createWorld();
    const { gateway, worker } = await serve(world);
    for (const stream of [false, true]) {
      const what = stream ? 'streams' : 'whole answers';
      tell(what);
      const { own, direct } = await interleave({
        sides: { own: () => timeOf(gateway, stream), direct: () => timeOf(worker, stream) },
        runs: RUNS,
      });
      yield compared({
        what: `${REQUESTS} ${what} through the gateway against the worker itself`,
        own,
        reference: { name: 'the worker', runs: direct },
      });
    }
    stopDaemon(world);
  },
};

/** Where the gateway and its one worker are asked. */
async function serve(world: World): Promise<{ gateway: string; worker: string }> {
  await installWorkers(world, 'llama-server');
  const model = await putModel(world, 'tinyllama');
  const port = await freePort();
  outputOf(gantry(world, ['gate', 'serve', '--port', String(port), '--yes']));
  outputOf(gantry(world, ['worker', 'spawn', 'llama-server', '--model', model, '--wait', '--yes']));
  const { data } = JSON.parse(outputOf(gantry(world, ['worker', 'list', '--json'])));
  return { gateway: `http://127.0.0.1:${port}`, worker: `http://127.0.0.1:${data.workers[0].port}` };
}

async function timeOf(url: string, stream: boolean): Promise<number> {
  const body = JSON.stringify({
    ...{ model: 'tinyllama', stream, max_tokens: 64 },
    messages: [{ role: 'user', content: 'a b c d e f g h i j k l m n o p' }],
  });
  const from = performance.now();
  for (let count = 0; count < REQUESTS; count++) {
    const answer = await fetch(`${url}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    const text = await answer.text();
    if (!text.includes('said')) throw new Error(`The answer is ${answer.status}: ${text}`);
  }
  return performance.now() - from;
}
