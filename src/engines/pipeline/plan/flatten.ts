import type { Context } from '#engines/core/context.ts';
import { quote } from '#engines/core/shell.ts';
import type { Artifact, Definition } from '#engines/service/jos/artifact.ts';
import { type FlowStep, requireFlow } from '#engines/service/jos/flow.ts';
import { requireReference } from '#engines/service/jos/reference.ts';
import { pipelineError } from '../errors.ts';
import type { Run } from '../types.ts';
import type { Loaded } from './load.ts';

/** The run of one artifact within the whole. */
export interface Frame extends Loaded, Pick<Run, 'number' | 'flow' | 'steps' | 'as'> {
  /** Gates and confirmations of the step that it is, in the artifact around it. */
  gate?: string;
}

/** A step that something is done in: whatever runs another artifact has been taken apart. */
export interface Leaf {
  /** From the artifact that was named down to the one that has the step. */
  frames: Frame[];
  step: FlowStep & { definition: Exclude<Definition, { type: 'unsupported' | 'jos' }> };
  /** In its flow, from 1. */
  index: number;
}

/** Artifacts within artifacts, and steps altogether. */
const DEEPEST = 16;
const MOST_STEPS = 1_000;

interface Flattening extends Pick<Context, 'paths' | 'workspace'> {
  load(path: string): Promise<Loaded>;
}

/** Every step of a flow in order, those of the artifacts that it runs in their places. */
export async function flatten(path: string, flow: string, { load, ...here }: Flattening): Promise<Leaf[]> {
  const leaves: Leaf[] = [];
  let runs = 0;
  await enter(path, flow, [], {});
  return leaves;

  async function enter(
    path: string,
    flow: string,
    around: Frame[],
    { as = null, gate }: Partial<Pick<Frame, 'as' | 'gate'>>,
  ): Promise<void> {
    requireNew(path, around);
    const loaded = await load(path);
    const steps = requireFlow(loaded.artifact, flow);
    if (steps.length === 0) throw empty(loaded.artifact, flow);
    runs += 1;
    const frame: Frame = { ...loaded, number: runs, flow, steps: steps.length, as, ...(gate && { gate }) };
    const frames = [...around, frame];
    for (const [at, { name, definition, gate }] of steps.entries()) {
      const index = at + 1;
      if (definition.type === 'jos') {
        requirePlain(loaded.artifact, name, definition);
        const child = await requireReference(loaded.artifact, definition.artifact, here);
        await enter(child, 'main', frames, { as: { step: name, index }, gate });
      } else {
        leaves.push({ frames, step: { name, definition, ...(gate && { gate }) }, index });
        if (leaves.length > MOST_STEPS) throw large(frames, `has more than ${MOST_STEPS} steps`);
      }
    }
  }
}

function requireNew(path: string, around: readonly Frame[]): void {
  if (around.length === DEEPEST) throw large(around, `is more than ${DEEPEST} artifacts deep`);
  const first = around.findIndex(({ artifact }) => artifact.path === path);
  if (first < 0) return;
  const names = [...around.slice(first), around[first] as Frame].map(({ artifact }) => artifact.name);
  throw pipelineError('pipeline-cycle', `${names[0]} runs itself: ${names.join(' > ')}.`, {
    next: [`$EDITOR ${quote((around.at(-1) as Frame).artifact.path)}`],
    details: { path, chain: around.slice(first).map(({ artifact }) => artifact.path) },
  });
}

/** What another artifact does when it fails is its own affair: it is one step only for those who wrote it down. */
function requirePlain({ name, path }: Artifact, step: string, { onFailure }: Definition): void {
  if (onFailure === undefined || onFailure === 'abort') return;
  throw pipelineError(
    'pipeline-unrunnable',
    `${name}: ${step} has on_failure ${JSON.stringify(onFailure)}, which holds for no step that runs an artifact.`,
    { next: [`$EDITOR ${quote(path)}`], details: { path, step } },
  );
}

function empty({ name, path }: Artifact, flow: string) {
  return pipelineError('pipeline-empty', `The flow ${flow} of ${name} has no steps.`, {
    next: [`gantry service validate ${quote(path)}`],
    details: { path, flow },
  });
}

function large([root]: readonly Frame[], what: string) {
  const { name, path } = (root as Frame).artifact;
  return pipelineError('pipeline-large', `${name} ${what}.`, {
    next: [`gantry service validate ${quote(path)}`],
    details: { path },
  });
}
