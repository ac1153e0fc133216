import { expect } from '#engines/core/fact.ts';
import { call } from '#engines/core/operation.ts';
import type { ChoiceStep, OperationStep, Rest, Target } from '#engines/core/plan.ts';
import { type Entries, overtaken } from './entries.ts';
import { workspaceEntries, workspaceManifest } from './facts.ts';
import { namesIn } from './names.ts';
import { workspaceManifestAdd, workspaceManifestWrite } from './operations.ts';
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

/** Adds repos to the manifest of a workspace, whatever else was written into it since it was read. */
export function addStep(target: Target, { file, entries }: Entries): ChoiceStep {
  const args = { file, entries };
  const { failure } = overtaken(entries);
  const present: Rest = { status: 'skipped', reason: `lists ${namesIn(entries)} already` };
  return {
    id: MANIFEST_STEP,
    target,
    expects: [],
    fact: workspaceEntries.id,
    args,
    outcomes: {
      absent: call(workspaceManifestAdd, args),
      listed: present,
      extended: present,
      taken: { status: 'refused', reason: failure.message, failure },
    },
  };
}
