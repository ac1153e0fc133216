import type { Context } from '#engines/core/context.ts';
import { failureOf } from '#engines/core/errors.ts';
import { call } from '#engines/core/operation.ts';
import type { Draft, Refusal, Settled, Step, Target } from '#engines/core/plan.ts';
import { pathOf } from '#engines/download/records.ts';
import { planWanted } from '#engines/models/download/download.ts';
import type { Wanted } from '#engines/models/download/wanted.ts';
import { type Bundle, type Item, nameOf } from './definition/bundle.ts';
import { bundlesNamed } from './definition/read.ts';
import { type FileItem, isFiles, isWhole, modelFor, wantedFor } from './files.ts';
import { addressFor, modelsAt, tagged } from './ollama/server.ts';
import { bundleOllamaPull } from './operations.ts';
import { openLook } from './status.ts';

interface PullInput {
  ids: string[];
  wait: boolean;
}

/** Everything that the bundles are made of, each once, in one plan; what one source refuses does not keep the others. */
export async function planPull({ ids, wait }: PullInput, context: Context): Promise<Draft> {
  const bundles = await bundlesNamed(ids, context);
  const drafts = await Promise.all([
    planFiles(bundles, wait, context),
    ...[...byServer(bundles, context)].map(([address, names]) => planServer(address, names, context)),
    planCommands(bundles, context),
  ]);
  return {
    steps: drafts.flatMap(({ steps }) => steps),
    refused: drafts.flatMap(({ refused = [] }) => refused),
    settled: drafts.flatMap(({ settled = [] }) => settled),
  };
}

async function planFiles(bundles: readonly Bundle[], wait: boolean, context: Context): Promise<Draft> {
  const all = bundles.flatMap(({ items }) => items.filter(isFiles));
  const items = new Map(all.map((item) => [`${item.kind} ${nameOf(item)}`, item]));
  const asked = await Promise.all([...items.values()].map((item) => wantedOrWhy(item, context)));
  const files = new Map(asked.flatMap(({ wanted = [] }) => wanted).map((one) => [pathOf(one), one]));
  const hub =
    files.size > 0 ? await planWanted([...files.values()], { force: false, wait }, context) : NOTHING;
  return {
    steps: hub.steps,
    refused: [...(hub.refused ?? []), ...asked.flatMap(({ refused }) => refused ?? [])],
    settled: [...(hub.settled ?? []), ...asked.flatMap(({ settled }) => settled ?? [])],
  };
}

const NOTHING: Draft = { steps: [] };

interface Asked {
  wanted?: Wanted[];
  refused?: Refusal;
  settled?: Settled;
}

/** What is made or was registered on this machine no hub has. */
async function wantedOrWhy(item: FileItem, context: Context): Promise<Asked> {
  const target: Target = { kind: 'download', name: nameOf(item) };
  const model = modelFor(item, context);
  const isOwn =
    item.kind === 'model' && (model?.entry?.requiresConversion || model?.entry?.repo === undefined);
  if (isOwn && model && isWhole(model)) return { settled: { target, reason: 'is there' } };
  try {
    return { wanted: await wantedFor(item, context) };
  } catch (thrown) {
    return { refused: { target, failure: failureOf(thrown) } };
  }
}

/** Models of Ollama by the address of the server that is to have them. */
function byServer(bundles: readonly Bundle[], context: Context): Map<string, Set<string>> {
  const servers = new Map<string, Set<string>>();
  for (const bundle of bundles) {
    const names = bundle.items.flatMap((item) => (item.kind === 'ollama' ? [item.name] : []));
    if (names.length === 0) continue;
    const address = addressFor(bundle, context);
    servers.set(address, new Set([...(servers.get(address) ?? []), ...names]));
  }
  return servers;
}

async function planServer(address: string, names: ReadonlySet<string>, context: Context): Promise<Draft> {
  try {
    const there = await modelsAt(address, context);
    const isThere = (name: string) => there.has(tagged(name));
    return {
      steps: [...names].filter((name) => !isThere(name)).map((name) => stepFor(address, name)),
      settled: [...names]
        .filter(isThere)
        .map((name) => ({ target: targetOf(name, address), reason: 'is there' })),
    };
  } catch (thrown) {
    context.signal.throwIfAborted();
    const target: Target = { kind: 'download', name: `Ollama at ${address}` };
    return { steps: [], refused: [{ target, failure: failureOf(thrown) }] };
  }
}

function stepFor(address: string, model: string): Step {
  const target = targetOf(model, address);
  return { id: `${target.name}/1`, target, expects: [], ...call(bundleOllamaPull, { address, model }) };
}

function targetOf(model: string, address: string): Target {
  return { kind: 'download', name: `${model} of ${new URL(address).host}` };
}

/** Programs come from whoever makes them. */
async function planCommands(bundles: readonly Bundle[], context: Context): Promise<Draft> {
  const look = openLook(context);
  const commands = bundles.flatMap((bundle) =>
    bundle.items.filter(({ kind }) => kind === 'command').map((item) => [item, bundle] as const),
  );
  const settled = await Promise.all(
    commands.map(async ([item, bundle]): Promise<Settled> => {
      const { state, why } = await look(item, bundle);
      return {
        target: commandTarget(item, bundle),
        reason: state === 'there' ? 'is there' : `${why}; it has to be installed`,
      };
    }),
  );
  return { steps: [], settled };
}

function commandTarget(item: Item, { id }: Bundle): Target {
  return { kind: 'process', name: `${nameOf(item)} of ${id}` };
}
