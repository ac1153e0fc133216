import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createWorld, type World } from '../../test/rig/home.ts';
import { outputOf, wallTime } from '../command.ts';
import { gantry } from '../gantry.ts';
import { interleave } from '../interleave.ts';
import type { Family } from '../row.ts';
import { stopDaemon } from '../workbench.ts';
import { compared } from './compared.ts';

const RUNS = 9;
const SIZE = 256 * 1024 * 1024;
const REPO = 'TheBloke/TinyLlama-1.1B-Chat-v1.0-GGUF';
const FILE = 'tinyllama-1.1b-chat-v1.0.Q4_K_M.gguf';
const HUB = fileURLToPath(new URL('../fixtures/hub.ts', import.meta.url));

/** A model from a hub on this machine, and its SHA-256, as whole processes. */
export const models: Family = {
  name: 'models',
  async *rows(tell) {
    await using world = await createWorld();
    const url = await startHub(world);
    tell(`${RUNS} downloads of ${SIZE / 1024 / 1024} MiB in each of three ways`);
    const directory = world.path('models');
    const file = world.path('fetched');
    const fresh = () => rmSync(directory, { recursive: true, force: true });
    const run = (argv: [string, ...string[]]) =>
      wallTime({ argv, cwd: world.path('work'), env: world.environment() });
    const address = `${url}/${REPO}/resolve/main/${FILE}`;
    const fetched = await interleave({
      sides: {
        own: () => {
          fresh();
          return wallTime(gantry(world, ['models', 'download', 'tinyllama', '--wait']));
        },
        curl: () => run(['curl', '--silent', '--location', '--output', file, address]),
        summed: () => {
          const script = 'curl --silent --location --output "$1" "$2" && sha256sum "$1"';
          return run(['sh', '-c', script, 'sh', file, address]);
        },
      },
      runs: RUNS,
      warmUp: 1,
    });
    const { own } = fetched;
    yield compared({
      what: 'download against curl on loopback',
      bar: 1.05,
      own,
      reference: { name: 'curl, which compares nothing', runs: fetched.curl },
    });
    yield compared({
      what: 'the same against curl and sha256sum',
      own,
      reference: { name: 'curl and sha256sum', runs: fetched.summed },
    });

    tell('verifying');
    const path = `${directory}/tinyllama/${FILE}`;
    const verified = await interleave({
      sides: {
        own: () => wallTime(gantry(world, ['models', 'verify', 'tinyllama'])),
        sum: () => run(['sha256sum', path]),
      },
      runs: RUNS,
    });
    yield compared({
      what: 'verify against sha256sum',
      bar: 1.1,
      own: verified.own,
      reference: { name: 'sha256sum', runs: verified.sum },
    });
    stopDaemon(world);
  },
};

/** Where it is; the world's Gantry knows no other, and its daemon runs. */
async function startHub(world: World): Promise<string> {
  const hub = world.start(process.execPath, [HUB, REPO, FILE, String(SIZE)]);
  const [url] = await hub.waitFor(/http:\S+/);
  world.env.HF_ENDPOINT = url;
  world.env.GANTRY_MODELS = world.path('models');
  outputOf(gantry(world, ['daemon', 'start']));
  return url;
}
