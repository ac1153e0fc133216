import type { Context } from '#engines/core/context.ts';
import type { Call, Draft, OperationStep, Target } from '#engines/core/plan.ts';
import { quote } from '#engines/core/shell.ts';
import type { Artifact } from '#engines/service/jos/artifact.ts';
import { findArtifact } from '#engines/service/jos/find.ts';
import { placed } from '#engines/service/jos/inside.ts';
import { pipelineError } from '../errors.ts';
import { type Frame, flatten, type Leaf } from './flatten.ts';
import { openLoader } from './load.ts';
import { artifactOf, callOf } from './step.ts';

interface Input {
  artifact: string;
  flow: string;
  insecure: boolean;
}

/** Every command that will run, through all artifacts; whatever is in the way of one of them keeps all from being begun. */
export async function planRun({ artifact: named, flow, insecure }: Input, context: Context): Promise<Draft> {
  const { paths, workspace } = context;
  const path = placed('/', await findArtifact(named, context));
  const leaves = await flatten(path, flow, { paths, workspace, load: openLoader(context, insecure) });
  const drafted = leaves.map((leaf, at) => ({ leaf, call: callOf(leaf, leaves, at) }));
  const obstacles = drafted.flatMap(({ leaf, call }) =>
    typeof call === 'string' ? [`${leaf.step.name} of ${artifactOf(leaf).name}: ${call}`] : [],
  );
  const root = (leaves[0] as Leaf).frames[0] as Frame;
  if (obstacles.length > 0) throw unrunnable(root.artifact, obstacles);
  const target: Target = { kind: 'file', name: root.artifact.slug, path };
  const steps = drafted.map(
    ({ call }, at): OperationStep => ({
      id: `${target.name}/${at + 1}`,
      target,
      expects: [],
      ...(call as Call),
    }),
  );
  return { steps };
}

function unrunnable({ name, path }: Artifact, obstacles: string[]) {
  return pipelineError('pipeline-unrunnable', `${name} can't be run: ${obstacles.join('; ')}.`, {
    next: [`gantry service validate ${quote(path)}`],
    details: { path, steps: obstacles },
  });
}
