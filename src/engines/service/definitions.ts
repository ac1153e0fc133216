import { basename, dirname, resolve } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { quote, shellArgv } from '#engines/core/shell.ts';
import { variablesFrom } from '#engines/env/variables.ts';
import { callersPath } from '#engines/process/environment.ts';
import type { Probe } from '#engines/process/spec.ts';
import type { Definition } from './definition.ts';
import { serviceError } from './errors.ts';
import { probeFrom } from './health-input.ts';
import type { Artifact, Probe as ArtifactProbe } from './jos/artifact.ts';
import { findArtifact } from './jos/find.ts';
import { requireFlow, serviceFlow } from './jos/flow.ts';
import { checkIntegrity } from './jos/integrity.ts';
import { loadArtifact, requireStartable } from './jos/load.ts';
import { slugOf } from './jos/slug.ts';

/** What somebody wants to have kept running, as they say it. */
export interface Wanted {
  artifacts: string[];
  command?: string;
  name?: string;
  port?: number;
  replicas: number;
  restart: 'never' | 'on-failure' | 'always';
  health?: string;
  set: string[];
  env?: string;
  directory?: string;
  insecure: boolean;
}

export async function definitionsFrom(wanted: Wanted, context: Context): Promise<Definition[]> {
  const { artifacts, command, name } = wanted;
  if ((command === undefined) === (artifacts.length === 0)) throw unclear(command);
  if (command !== undefined) return [commandDefinition(command, wanted, context)];
  if (artifacts.length > 1 && name !== undefined) {
    throw serviceError('service-name', `One name was given for ${artifacts.length} artifacts.`, {
      next: [`gantry service start ${artifacts.map(quote).join(' ')}`],
    });
  }
  return Promise.all(artifacts.map((artifact) => artifactDefinition(artifact, wanted, context)));
}

function unclear(command?: string) {
  const what = command === undefined ? 'Nothing was said that' : 'Either an artifact or a command is what';
  return serviceError('service-nothing', `${what} could be started.`, {
    next: ["gantry service start --command 'node server.js' --name web", 'gantry service start web.jos'],
  });
}

/** A command is a line for the shell, which steps aside for what it starts. */
function commandDefinition(command: string, wanted: Wanted, context: Context): Definition {
  const { health, directory = '.' } = wanted;
  const port = wanted.port ?? null;
  return {
    ...common(wanted, context),
    name: wanted.name ?? slugOf(basename(command.trim().split(/\s+/)[0] ?? '')),
    ...{ artifact: null, version: null, sha256: null, port },
    argv: shellArgv(command),
    cwd: resolve(context.cwd, directory),
    defaults: {},
    env: { ...callersPath(context), ...variablesFrom(wanted.set) },
    health: health === undefined ? null : probeFrom(health, port),
  };
}

/** Throws what is wrong with the artifact, `integrity-failed` and `artifact-not-startable` among it. */
async function artifactDefinition(named: string, wanted: Wanted, context: Context): Promise<Definition> {
  const artifact = await loadArtifact(await findArtifact(named, context));
  requireStartable(artifact);
  if (!wanted.insecure) await requireIntegrity(artifact);
  const port = wanted.port ?? null;
  const { path, slug, version = null, sha256, environment } = artifact;
  return {
    ...common(wanted, context),
    name: wanted.name ?? slug,
    ...{ artifact: path, version, sha256, port },
    argv: argvOf(artifact, context),
    cwd: wanted.directory === undefined ? dirname(path) : resolve(context.cwd, wanted.directory),
    defaults: Object.fromEntries(environment),
    env: { ...callersPath(context), ...variablesFrom(wanted.set) },
    health: wanted.health === undefined ? healthOf(artifact, port) : probeFrom(wanted.health, port),
  };
}

function common({ replicas, restart, env }: Wanted, { workspace }: Context) {
  return {
    environment: env ?? null,
    replicas,
    workspace: workspace ?? null,
    restart: { ...RESTART, policy: restart },
  };
}

const RESTART = { quick: 1_000, first: 100, most: 30_000 };

/** One step for the shell is the process itself; anything else is a run of the flow. */
function argvOf(artifact: Artifact, { env }: Context): string[] {
  const flow = serviceFlow(artifact);
  const steps = requireFlow(artifact, flow);
  const [only] = steps;
  if (steps.length === 1 && only?.definition.type === 'shell' && only.gate === undefined) {
    return shellArgv(only.definition.command);
  }
  const program = env.GANTRY_PROGRAM ?? 'gantry';
  return [program, 'pipeline', 'run', artifact.path, '--flow', flow, '--yes'];
}

function healthOf({ health }: Artifact, port: number | null): Probe | null {
  return health === undefined ? null : probeFrom(wordsOf(health), port);
}

function wordsOf(probe: ArtifactProbe): string {
  if (probe.kind === 'url') return probe.url;
  return probe.kind === 'path' ? probe.path : probe.command;
}

async function requireIntegrity(artifact: Artifact): Promise<void> {
  const checked = await checkIntegrity(artifact);
  if (typeof checked === 'string') return;
  throw serviceError('integrity-failed', `${artifact.path}: ${checked.failed}.`, {
    next: [
      `gantry service sign ${quote(artifact.path)}`,
      `gantry service start ${quote(artifact.path)} --insecure`,
    ],
  });
}
