import { writeFile } from 'node:fs/promises';
import { ACTIONS } from '#app/registry/actions.ts';
import { WHISPER } from '#engines/bundle/definition/bundle.ts';
import { SHIPPED as BUNDLES } from '#engines/bundle/definition/shipped.ts';
import type { ActionCard, Completes } from '#engines/core/card.ts';
import { FLOW_KINDS } from '#engines/git/flow-config.ts';
import { SHIPPED } from '#engines/models/catalog/shipped.ts';
import { writeArtifact } from '../rig/artifacts.ts';
import { gitFaults } from '../rig/faults.ts';
import { createRemote, type Repo } from '../rig/git.ts';
import { createWorld, type World } from '../rig/home.ts';
import { startHub, type TestHub } from '../rig/hub/hub.ts';
import { installConverter, put, tinyGguf } from '../rig/models.ts';
import { freePort } from '../rig/port.ts';
import { putOnPath } from '../rig/program.ts';
import type { State } from '../rig/states.ts';
import { writeVault } from '../rig/vault.ts';
import { installWorkers, putModel } from '../rig/workers/workers.ts';
import { createWorkspace, type Workspace } from '../rig/workspace.ts';
import { succeed } from '../scenario/succeed.ts';

/** What an example says of an activity that has to be there. */
type Wanted = 'undone' | 'resumed' | 'shown';

const STATES: readonly State[] = ['dirty', 'behind', 'ahead'];

/** A world in which every example of every action makes sense: its repos are there, and its activities were done. */
export const openStage = async (): Promise<World> => {
  const ports = { GANTRY_HTTP_PORT: String(await freePort()), GANTRY_GATE_PORT: String(await freePort()) };
  const world = await createWorld({ env: ports });
  await putOnPath(world);
  const names = ['api', 'web', 'docs', ...valuesOf('repo')];
  const states = [...new Set(names)].map((name, index) => [name, STATES[index % STATES.length]]);
  const workspace = await createWorkspace(world, Object.fromEntries(states));
  await addSubmodules(world, workspace.repo('docs'));
  await addSets(workspace);
  await addFlowBranches(workspace.repo('api'));
  await addArtifacts(workspace);
  installConverter(world);
  await doActivities(world);
  await succeed(world, ['daemon', 'start']);
  await startServices(world);
  await addModels(world);
  await startWorkers(world);
  await serveGate(world, workspace);
  await addSchedules(world);
  await addTriggers(world);
  await addDownloads(world);
  await succeed(world, ['pipeline', 'run', 'hello.jos']);
  return world;
};

/** Those that the examples name, in one repo; git takes them from a path only where it is told to. */
const addSubmodules = async (world: World, repo: Repo) => {
  await world.run('git', ['config', '--global', 'protocol.file.allow', 'always']);
  for (const path of new Set(valuesOf('submodule'))) {
    const { dir } = await createRemote(world, world.path('remotes', `${path}.git`));
    await repo.git('submodule', '--quiet', 'add', '--', dir, path);
    await repo.commit(`Add ${path}`);
  }
};

/** Worktrees of every repo in the sets that the examples name, made without an activity. */
const addSets = async (workspace: Workspace) => {
  for (const set of new Set(valuesOf('set'))) {
    for (const name of workspace.names) {
      const place = workspace.path('.worktrees', set, name);
      await workspace.repo(name).git('worktree', 'add', '--quiet', '-b', set, '--', place);
    }
  }
};

/** The flow branches that the examples name, in the one repo that has the flow model. */
const addFlowBranches = async (repo: Repo) => {
  await repo.git('branch', 'develop', 'main');
  for (const kind of FLOW_KINDS) {
    for (const name of new Set(valuesOf(kind))) await repo.git('branch', `${kind}/${name}`, 'develop');
  }
};

/** The artifacts that the examples name, in the workspace. */
const addArtifacts = async (workspace: Workspace) => {
  const named = ACTIONS.flatMap(({ examples }) => examples.flatMap(({ input }) => input.artifact ?? []));
  for (const name of new Set(named)) await writeArtifact(workspace.path(String(name)));
};

/** Those that the examples name and nobody downloads: their files, or what they are made from; others are registered. */
const addModels = async (world: World) => {
  const downloaded = new Set(valuesOf('download'));
  for (const id of new Set(valuesOf('model'))) {
    if (downloaded.has(id)) continue;
    const entry = SHIPPED.find((one) => one.id === id);
    const place = (file: string) => world.path('work', '.test-models', entry?.dir ?? id, file);
    if (!entry) {
      const file = put(place(`${id}.gguf`), tinyGguf());
      await succeed(world, ['models', 'register', id, file]);
    } else if (entry.requiresConversion) put(place('pytorch/model.safetensors'), 'of PyTorch');
    else put(place(entry.file), tinyGguf());
  }
};

/** Those that the examples name, outside of the workspace: what was done last there is another example's. */
const startWorkers = async (world: World) => {
  await installWorkers(world, 'llorch-cpu-candled', 'llorch-cuda-candled');
  const model = await putModel(world, 'tinyllama');
  for (const name of new Set(valuesOf('worker'))) {
    const spawn = ['worker', 'spawn', 'cpu', '--model', model, '--name', name, '--wait'];
    await succeed(world, spawn, { cwd: world.path('home') });
  }
};

/** A gateway with the models and the route that the examples name, and the files that they send. */
const serveGate = async (world: World, workspace: Workspace) => {
  await succeed(world, ['gate', 'serve']);
  await writeFile(workspace.path('tiny.gguf'), 'GGUF');
  await writeFile(workspace.path('phi3.gguf'), 'GGUF');
  await writeFile(workspace.path('question.json'), '{"prompt":"hello"}');
  await succeed(world, ['gate', 'models', 'add', 'tiny.gguf']);
  await succeed(world, ['gate', 'routes', 'set', 'tinyllama', 'worker-cuda-1']);
  await succeed(world, ['gate', 'routes', 'set', 'tinyllama', 'worker-cpu-0', '--beside', '--fallback']);
};

/** Those that the examples name, by themselves or by a replica, with the variables that examples name; each in its second release. */
const startServices = async (world: World) => {
  const named = [...valuesOf('service'), ...valuesOf('process')].map((name) => name.split(':')[0] as string);
  const start = (name: string, command: string) =>
    succeed(world, ['service', 'start', '--name', name, '--command', command]);
  for (const name of new Set(named)) {
    await start(name, 'exec sleep 999');
    await succeed(world, ['service', 'stop', name]);
    await start(name, 'echo hello; exec sleep 1000');
  }
  await writeVault(world.path('home', '.jos', 'secrets'), { API_KEY: 'known to nobody' });
  await succeed(world, ['secrets', 'link', 'secrets', '--env', 'prod']);
  for (const { input } of ACTIONS.find(({ id }) => id === 'env.get')?.examples ?? []) {
    await succeed(world, ['env', 'set', `${input.name}=1`, '--env', String(input.env)]);
  }
};

/** Those that the examples name; none of them is due while they run. */
const addSchedules = async (world: World) => {
  for (const name of new Set(valuesOf('schedule'))) {
    await succeed(world, ['schedule', 'add', name, '--cron', '@yearly', '--command', 'true']);
  }
};

/** Those that the examples name; nobody posts to them. */
const addTriggers = async (world: World) => {
  for (const name of new Set(valuesOf('trigger'))) {
    await succeed(world, ['trigger', 'add', name, '--on', 'webhook', '--command', 'true']);
  }
};

/** Those that the examples name, from a hub that has all that the shipped catalog lists; they are whole. */
const addDownloads = async (world: World) => {
  const hub = await startHub();
  world.defer(() => hub.close());
  world.env.HF_ENDPOINT = hub.url;
  for (const { repo, file, requiresConversion } of SHIPPED) {
    if (repo !== undefined) hub.put(repo, requiresConversion ? 'model.safetensors' : file, tinyGguf());
  }
  for (const id of new Set(valuesOf('download'))) await succeed(world, ['models', 'download', id, '--wait']);
  await addBundles(world, hub);
};

/** Those that the examples name: whole, and with the programs of their workers. */
const addBundles = async (world: World, hub: TestHub) => {
  await installWorkers(world, 'whisper-server');
  for (const id of new Set(valuesOf('bundle'))) {
    const items = BUNDLES.find((one) => one.id === id)?.items ?? [];
    for (const item of items) if (item.kind === 'whisper') hub.put(WHISPER, item.file, tinyGguf());
    await succeed(world, ['bundle', 'pull', id, '--wait']);
  }
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

const valuesOf = (completes: Completes) => ACTIONS.flatMap((card) => exampleValues(card, completes));

const exampleValues = ({ examples, input }: ActionCard, completes: Completes): string[] =>
  examples.flatMap((example) =>
    Object.entries(example.input)
      .filter(([name]) => input.properties[name]?.completes === completes)
      .flatMap(([, value]) => value as string | string[]),
  );
