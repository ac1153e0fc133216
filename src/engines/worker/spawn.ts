import type { Context } from '#engines/core/context.ts';
import { GantryError } from '#engines/core/errors.ts';
import { expect } from '#engines/core/fact.ts';
import { canonical } from '#engines/core/json.ts';
import { call } from '#engines/core/operation.ts';
import type { Draft, Expectation, Step } from '#engines/core/plan.ts';
import type { Receipt } from '#engines/core/receipt.ts';
import { quote, shellText, wordsIn } from '#engines/core/shell.ts';
import { requireVariable, variablesFrom } from '#engines/env/variables.ts';
import { processStart } from '#engines/process/operations.ts';
import { NOBODY } from '#engines/process/port/listening.ts';
import { type ProcessRecord, readProcess } from '#engines/process/records.ts';
import { isAtRest } from '#engines/process/status.ts';
import { processStep, processTarget } from '#engines/process/step.ts';
import { store } from '#engines/store/store.ts';
import { commandsOf } from '#engines/workspace/commands.ts';
import { requireTrust } from '#engines/workspace/consent.ts';
import { readWorkspace } from '#engines/workspace/read.ts';
import { expectTrust } from '#engines/workspace/trust.ts';
import { uses } from './backend/fill.ts';
import { requireCommand } from './backend/program.ts';
import { requireBackend } from './backend/read.ts';
import { ANY_COMMAND } from './backend/shipped.ts';
import type { Backend, Template } from './backend/template.ts';
import { workerError } from './errors.ts';
import { workerPort } from './facts.ts';
import { findModel, type Model } from './model/find.ts';
import { poolFor } from './pool/find.ts';
import { choosePort } from './port/choose.ts';
import { lacksRoom } from './room/room.ts';
import { specOf, type Wanted } from './spec.ts';

export interface SpawnInput {
  backend: string;
  model?: string;
  gpu: number;
  port?: number;
  bind?: string;
  name?: string;
  command?: string;
  health?: string;
  dialect?: Template['dialect'];
  restart?: Template['restart'];
  set: string[];
  wait: boolean;
  force: boolean;
}

/** A worker that is started as one of several. */
export interface Part {
  /** The template itself, where it is none that workers know. */
  backend?: Backend;
  /** By which whoever has it started finds it again; so Gantry keeps it itself, and no pool manager does. */
  labels: Record<string, string>;
  /** Ports of the others. */
  taken: ReadonlySet<number>;
  /** Ids of the steps of those that are ready before it. */
  after: readonly string[];
}

/** Starts a worker, unless that very one runs already; the port is the next free one where none is told. */
export async function planSpawn(input: SpawnInput, context: Context, part?: Part): Promise<Draft> {
  const backend = await backendFor(input, context, part);
  const id = input.name ?? defaultId(backend.name, input.gpu);
  const known = readProcess(context.use(store), id);
  const isOwn = known !== undefined && isInUse(known);
  const pool = isOwn || part ? undefined : await poolFor(backend, context);
  if (pool) {
    const { planPoolSpawn } = await import('./pool/spawn.ts');
    return planPoolSpawn(input, { pool, backend, id }, context);
  }
  const wanted = { ...wantedBy(input, { id, backend }, context), labels: part?.labels };
  if (isOwn) return settle(input, { known, wanted }, context);
  const port = await choosePort(input.port, context, part?.taken);
  const spec = specOf({ ...wanted, port }, context);
  const lack = input.force
    ? undefined
    : await lacksRoom({ backend, gpu: input.gpu, size: wanted.model?.size }, spec, context);
  if (lack) throw new GantryError(lack);
  const step = processStep(id, known, call(processStart, { spec, wait: input.wait }));
  const trust = await trustFor(wanted, context);
  const expects = [...step.expects, expect(workerPort, { port }, NOBODY), ...trust.expects];
  const after = [...trust.steps.map((one) => one.id), ...(part?.after ?? [])];
  const start = { ...step, expects, ...(after.length > 0 ? { after } : {}) };
  return { steps: [...trust.steps, start] };
}

/** The worker that a plan was about. */
export function spawned({ steps }: Receipt): { worker: string | null } {
  const step = steps.findLast(({ target }) => target.kind === 'process');
  if (!step || !['done', 'skipped'].includes(step.status)) return { worker: null };
  // A pool manager may have given it another name.
  const { worker } = (step.result ?? {}) as { worker?: string };
  return { worker: worker ?? step.target.name };
}

type Portless = Omit<Wanted, 'port'>;

function wantedBy(
  input: SpawnInput,
  { id, backend }: Pick<Portless, 'id' | 'backend'>,
  context: Context,
): Portless {
  const command = requireCommand(backend, context);
  return {
    ...{ id, backend, command, gpu: input.gpu },
    model: modelFor(input, { backend, command }, context),
    bind: bindFor(input, { backend, command }),
    variables: variablesFrom(input.set),
  };
}

function defaultId(backend: string, index: number): string {
  return `worker-${backend}-${index}`;
}

/** The template, with what was said otherwise for this one worker. */
async function backendFor(input: SpawnInput, context: Context, part?: Part): Promise<Backend> {
  const backend = part?.backend ?? (await requireBackend(input.backend, context));
  const { command, health = backend.health, dialect = backend.dialect, restart = backend.restart } = input;
  const told = { ...backend, health, dialect, restart };
  // What it is started with is kept and shown, wherever it comes from.
  for (const name of Object.keys(backend.env)) requireVariable(name);
  if ((command !== undefined) === (backend.commands.length === 0)) {
    return command === undefined ? told : { ...told, commands: [wordsIn(command)] };
  }
  if (command !== undefined) {
    throw workerError('backend-fixed', `${backend.name} has a command of its own.`, {
      next: [`gantry worker spawn ${ANY_COMMAND} --command ${quote(command)}`],
    });
  }
  throw workerError('command-missing', 'Nothing was said that could be run.', {
    next: [`gantry worker spawn ${ANY_COMMAND} --command 'my-server --port {port} --model {model}'`],
  });
}

interface Form {
  backend: Backend;
  command: string[];
}

function modelFor({ model }: SpawnInput, { backend, command }: Form, context: Context): Model | undefined {
  if (model !== undefined) return findModel(model, backend.model, context);
  if (!uses(backend, command, 'model')) return undefined;
  throw workerError('model-needed', `Which model is it to serve? ${backend.name} needs one.`, {
    next: [`gantry worker spawn ${quote(backend.name)} --model tinyllama`],
  });
}

/** The loopback unless told; nothing where the program can't be told. */
function bindFor({ bind }: SpawnInput, { backend, command }: Form): string | undefined {
  if (uses(backend, command, 'bind')) return bind ?? '127.0.0.1';
  if (bind === undefined) return undefined;
  throw workerError('backend-fixed', `${backend.name} workers listen where their program wants to.`, {
    next: [`gantry worker spawn ${quote(backend.name)}`, 'gantry worker backends'],
  });
}

function isInUse({ spec, status }: ProcessRecord): boolean {
  return spec.kind !== 'worker' || !isAtRest(status);
}

/** What runs under that name: the very same, or something that is left alone. */
function settle(
  { port, gpu }: SpawnInput,
  { known, wanted }: { known: ProcessRecord; wanted: Portless },
  context: Context,
): Draft {
  const { name } = known.spec;
  const same = specOf({ ...wanted, port: port ?? known.spec.port ?? 0 }, context);
  if (canonical(same) === canonical(known.spec)) {
    const reason = `runs already, on port ${known.spec.port}`;
    return { steps: [], settled: [{ target: processTarget(name), reason }] };
  }
  const free = freeId(wanted.backend.name, gpu + 1, context);
  throw workerError('worker-exists', `${name} is there already, started otherwise.`, {
    next: [`gantry worker spawn … --name ${quote(free)}`, `gantry worker inspect ${quote(name)}`],
    details: { name, free },
  });
}

function freeId(backend: string, index: number, context: Context): string {
  const id = defaultId(backend, index);
  return readProcess(context.use(store), id) ? freeId(backend, index + 1, context) : id;
}

/** What a workspace brings runs once a person trusts it, and only as long as that is what it brings. */
async function trustFor(
  { backend, command }: Portless,
  context: Context,
): Promise<{ steps: Step[]; expects: Expectation[] }> {
  if (backend.origin !== 'workspace') return { steps: [], expects: [] };
  const workspace = await readWorkspace(context);
  return {
    steps: requireTrust(context, workspace, [shellText(command)]),
    expects: [expectTrust(workspace.root, commandsOf(workspace), 'trusted')],
  };
}
