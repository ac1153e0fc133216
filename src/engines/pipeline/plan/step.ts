import { dirname } from 'node:path';
import { call } from '#engines/core/operation.ts';
import type { Call } from '#engines/core/plan.ts';
import { quote } from '#engines/core/shell.ts';
import type { Artifact } from '#engines/service/jos/artifact.ts';
import { pipelineError } from '../errors.ts';
import { pipelineStepHttp, pipelineStepShell } from '../operations.ts';
import type { Run, StepArgs } from '../types.ts';
import { avoidedIn } from './avoid.ts';
import { failingOf } from './failing.ts';
import type { Frame, Leaf } from './flatten.ts';
import { isSafe, requestOf } from './request.ts';
import { shellArgv } from './shell-argv.ts';

/** A step as a call of an operation, or why it can't be run. */
export function callOf(leaf: Leaf, leaves: readonly Leaf[], at: number): Call | string {
  const { definition, name } = leaf.step;
  const artifact = artifactOf(leaf);
  const failing = failingOf(artifact, definition.onFailure);
  if (typeof failing === 'string') return failing;
  const runs = leaf.frames.map((frame) => runOf(frame, leaves, at));
  const args: StepArgs = {
    runs,
    step: name,
    index: leaf.index,
    about: definition.description ?? null,
    confirm: confirmationOf(leaf, runs),
    retries: artifact.limits.retries,
    ...failing,
    cwd: dirname(artifact.path),
    env: Object.assign(
      {},
      ...leaf.frames.toReversed().map(({ artifact }) => Object.fromEntries(artifact.environment)),
    ),
  };
  requireAllowed(leaf, args);
  switch (definition.type) {
    case 'shell':
      return asked(call(pipelineStepShell, { ...args, argv: shellArgv(artifact, definition.command) }), args);
    case 'http': {
      const request = requestOf(definition);
      if (typeof request === 'string') return request;
      const made = call(pipelineStepHttp, { ...args, ...request });
      return isSafe(request.method) ? asked(made, args) : { ...made, effect: 'outward' };
    }
    case 'function':
      return `it calls the function ${JSON.stringify(definition.call)}, and there is no program here that has functions`;
  }
}

/** What its author wants to be confirmed nobody can judge but a person: it waits for a yes. */
function asked(made: Call, { confirm }: StepArgs): Call {
  return confirm === null ? made : { ...made, effect: 'destructive' };
}

/** The gate of an artifact stands before its first step. */
function confirmationOf({ frames, step }: Leaf, runs: readonly Run[]): string | null {
  const around = frames.filter((_, at) => runs[at]?.begins).flatMap(({ gate }) => gate ?? []);
  const gates = [...around, ...(step.gate === undefined ? [] : [step.gate])];
  if (gates.length > 0) return gates.join(', and that ');
  return frames.some(({ artifact }) => artifact.guardrails.requireConfirmation) ? '' : null;
}

function runOf({ artifact, ...frame }: Frame, leaves: readonly Leaf[], at: number): Run {
  const isPartOf = (leaf: Leaf | undefined) =>
    leaf?.frames.some(({ number }) => number === frame.number) ?? false;
  const { number, flow, steps, integrity, fault, as } = frame;
  return {
    ...{ number, flow, steps, integrity, fault, as },
    artifact: artifact.path,
    name: artifact.name,
    sha256: artifact.sha256,
    within: artifact.limits.timeoutMs || null,
    begins: !isPartOf(leaves[at - 1]),
    ends: !isPartOf(leaves[at + 1]),
  };
}

/** Guardrails hold for everything that an artifact sets off. */
function requireAllowed({ frames, step }: Leaf, { otherwise }: StepArgs): void {
  const { definition } = step;
  const lines =
    definition.type === 'shell'
      ? [definition.command]
      : definition.type === 'http'
        ? [`${definition.method} ${definition.url}`]
        : [];
  for (const { artifact } of frames) {
    for (const line of [...lines, ...(otherwise?.argv.slice(-1) ?? [])]) {
      const avoided = avoidedIn(line, artifact.guardrails.avoid);
      if (avoided !== undefined) throw avoidedStep(artifact, step.name, avoided);
    }
  }
}

function avoidedStep({ name, path }: Artifact, step: string, avoided: string) {
  return pipelineError('step-avoided', `${name} avoids ${JSON.stringify(avoided)}, and ${step} has it.`, {
    next: [`gantry service validate ${quote(path)}`],
    details: { path, step, avoid: avoided },
  });
}

export function artifactOf({ frames }: Leaf): Artifact {
  return (frames.at(-1) as Frame).artifact;
}
