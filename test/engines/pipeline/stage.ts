import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { openHost } from '#app/invoke/host.ts';
import type { Actor } from '#engines/core/actor.ts';
import type { Invocation, Outcome } from '#engines/core/invocation.ts';
import { pathsFrom } from '#engines/core/paths.ts';
import type { Receipt } from '#engines/core/receipt.ts';
import type { Concluded } from '#engines/pipeline/rows.ts';
import { recordingCaller } from '../../app/invoke/caller.ts';
import { documentOne, strictArtifact, writeArtifact } from '../../rig/artifacts.ts';
import type { World } from '../../rig/home.ts';

type Definition = Record<string, unknown>;

interface Written {
  /** Steps of the flow main; all definitions in their order unless told. */
  steps?: string[];
  gates?: Record<string, string>;
  /** More of the document. */
  more?: Record<string, unknown>;
}

/** A shell step. */
export const sh = (command: string, more: Definition = {}): Definition => ({
  type: 'shell',
  command,
  ...more,
});

/** A step that is another artifact. */
export const jos = (artifact: string, more: Definition = {}): Definition => ({
  type: 'jos',
  artifact,
  ...more,
});

/** Writes an artifact of 0.0.7 with these definitions; its name is that of its file. */
export const pipeline = (
  world: World,
  file: string,
  definitions: Record<string, Definition>,
  { more, ...written }: Written = {},
): Promise<string> =>
  writeArtifact(
    world.path('work', file),
    strictArtifact({
      meta: { name: nameOf(file), version: '1.0.0', type: 'pipeline' },
      guardrails: { avoid: [], max_retries: 0 },
      ...orchestrated(definitions, written),
      ...more,
    }),
  );

/** The same of 1.0.0. */
export const documentWith = (
  world: World,
  file: string,
  definitions: Record<string, Definition>,
  { more, ...written }: Written = {},
): Promise<string> =>
  writeArtifact(
    world.path('work', file),
    documentOne({ meta: { name: nameOf(file) }, ...orchestrated(definitions, written), ...more }),
  );

const orchestrated = (
  definitions: Record<string, Definition>,
  { steps = Object.keys(definitions), gates }: Written,
) => ({ orchestration: { definitions, flows: { main: { steps, ...(gates && { gates }) } } } });

const nameOf = (file: string) => file.replace(/^.*\//, '').replace(/\.jos$/, '');

interface Manner extends Partial<Invocation> {
  actor?: Partial<Actor>;
  signal?: AbortSignal;
  /** Hears every line that a step writes. */
  heard?(line: string): unknown;
}

/** Somebody in a directory without a workspace who runs pipelines by the real spine. */
export const somebodyIn = (world: World, env: Record<string, string> = {}) => {
  const host = openHost({ env: { ...world.env, ...env }, paths: pathsFrom(world.env), now: Date.now });
  world.defer(() => host.close());

  const call = async (action: string, input: object, { actor, signal, heard, ...manner }: Manner = {}) => {
    const { reports, ...caller } = recordingCaller({
      cwd: world.path('work'),
      ...(signal && { signal }),
    });
    const outcome = await host.invoke(
      { action, input, ...manner },
      {
        ...caller,
        actor: { ...caller.actor, ...actor },
        report: (report) => {
          reports.push(report);
          if (report.kind === 'note') heard?.(report.text);
        },
      },
    );
    return { outcome, notes: reports.flatMap((report) => (report.kind === 'note' ? report.text : [])) };
  };

  const expectKind = <K extends Outcome['kind']>(kind: K, outcome: Outcome) => {
    if (outcome.kind === kind) return outcome as Extract<Outcome, { kind: K }>;
    throw new Error(JSON.stringify(outcome, null, 2));
  };

  return {
    run: async (artifact: string, manner: Manner & { flow?: string; insecure?: boolean } = {}) => {
      const { flow, insecure, ...rest } = manner;
      const input = { artifact, ...(flow && { flow }), ...(insecure && { insecure }) };
      const { outcome, notes } = await call('pipeline.run', input, rest);
      const { receipt, data, failure } = expectKind('receipt', outcome);
      return { receipt, failure, notes, data: data as unknown as Concluded };
    },
    plan: async (artifact: string, manner: Manner = {}) => {
      const { outcome } = await call('pipeline.run', { artifact }, { ...manner, dryRun: true });
      return expectKind('plan', outcome).plan;
    },
    outcome: async (artifact: string, manner: Manner = {}) =>
      (await call('pipeline.run', { artifact }, manner)).outcome,
    refusal: async (artifact: string, input: object = {}) => {
      const { outcome } = await call('pipeline.run', { artifact, ...input });
      return expectKind('failure', outcome).failure;
    },
    read: async <Data>(action: string, input: object = {}) =>
      expectKind('data', (await call(action, input)).outcome).data as Data,
    failed: async (action: string, input: object = {}) =>
      expectKind('failure', (await call(action, input)).outcome).failure,
  };
};

export const statuses = ({ steps }: Receipt) => steps.map(({ status }) => status);

/** The commands that a plan shows. */
export const commandsOf = ({ described }: { described: { calls: { commands: string[][] }[] }[] }) =>
  described.flatMap(({ calls }) => calls.flatMap(({ commands }) => commands.map((argv) => argv.at(-1))));

export const runsDirectory = (world: World) => world.path('home', '.jos', 'runs');

/** Oldest first. */
export const runIds = (world: World): string[] =>
  existsSync(runsDirectory(world)) ? readdirSync(runsDirectory(world)).toSorted() : [];

export const eventsOf = (world: World, id: string): Record<string, unknown>[] =>
  readFileSync(`${runsDirectory(world)}/${id}/events.jsonl`, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

/** Events without their moments, and without what is told of a run at its start. */
export const plainEvents = (world: World, id: string) =>
  eventsOf(world, id).map(({ timestamp: _, ...event }) =>
    event.type === 'run:start' ? { type: event.type, artifact: event.artifact, dryRun: event.dryRun } : event,
  );
