import { expect } from '#engines/core/fact.ts';
import { call } from '#engines/core/operation.ts';
import type { OperationStep, Target } from '#engines/core/plan.ts';
import { workspaceManifest } from './facts.ts';
import { workspaceManifestWrite } from './operations.ts';
import { workspaceTarget } from './targets.ts';
import type { Workspace } from './types.ts';
import { answerFor } from './write.ts';

/** Every plan has at most one such step; repo steps have a number, so no name of a repo makes the same id. */
export const MANIFEST_STEP = 'manifest';

type Change = {
  text: string;
  /** What the change is for, imperative: `add api`. */
  purpose: string;
};

/** Replaces the manifest of a workspace, if it is still the one that was read. */
export function manifestStep(workspace: Workspace, { text, purpose }: Change): OperationStep {
  const { manifestPath: file, text: before } = workspace;
  return writeStep(workspaceTarget(workspace), { file, before, text, purpose });
}

export function writeStep(
  target: Target,
  args: Change & { file: string; before: string | null },
): OperationStep {
  const expects = [expect(workspaceManifest, { file: args.file }, answerFor(args.before))];
  return { id: MANIFEST_STEP, target, expects, ...call(workspaceManifestWrite, args) };
}
