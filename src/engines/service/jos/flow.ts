import type { GantryError } from '#engines/core/errors.ts';
import { nearest } from '#engines/core/nearest.ts';
import { quote } from '#engines/core/shell.ts';
import { serviceError } from '../errors.ts';
import type { Artifact, Definition } from './artifact.ts';

/** A step that can be run as far as its artifact goes. */
export interface FlowStep {
  name: string;
  definition: Exclude<Definition, { type: 'unsupported' }>;
  /** The condition that its author wrote down. */
  gate?: string;
}

/** The flow that keeps a service up. */
export function serviceFlow({ flows }: Pick<Artifact, 'flows'>): string {
  return flows.has('start') ? 'start' : 'main';
}

/** The steps of a flow in order; one that is not defined, or can't be run here, refuses all of it. */
export function requireFlow(artifact: Artifact, name = 'main'): FlowStep[] {
  const flow = artifact.flows.get(name);
  if (!flow) throw unknown(artifact, name);
  const obstacles: string[] = [];
  const steps = flow.steps.flatMap((step): FlowStep[] => {
    const definition = artifact.definitions.get(step);
    const gate = flow.gates.get(step);
    if (definition && definition.type !== 'unsupported')
      return [{ name: step, definition, ...(gate && { gate }) }];
    obstacles.push(`${step}: ${definition ? definition.reason : 'it is not defined'}`);
    return [];
  });
  if (obstacles.length > 0) throw unrunnable(artifact, name, obstacles);
  return steps;
}

function unknown({ name, path, flows }: Artifact, flow: string): GantryError {
  const known = [...flows.keys()];
  const close = nearest(flow, known);
  const hint = close === undefined ? '' : ` Did you mean ${close}?`;
  const there = known.length === 0 ? 'It has none.' : `It has ${known.join(', ')}.`;
  return serviceError('flow-unknown', `${name} has no flow ${flow}. ${there}${hint}`, {
    next: [`gantry service validate ${quote(path)}`],
    details: { path, flow, flows: known },
  });
}

function unrunnable({ name, path }: Artifact, flow: string, obstacles: readonly string[]): GantryError {
  return serviceError(
    'flow-unrunnable',
    `The flow ${flow} of ${name} can't be run: ${obstacles.join('; ')}.`,
    {
      next: [`gantry service validate ${quote(path)}`],
      details: { path, flow, steps: [...obstacles] },
    },
  );
}
