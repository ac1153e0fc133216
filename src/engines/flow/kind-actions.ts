import * as z from 'zod/mini';
import { command, query } from '#engines/core/action.ts';
import { field } from '#engines/core/fields.ts';
import type { FlowKind } from '#engines/git/flow-config.ts';
import { diffSchema, repoResultSchema } from '#engines/repo/types.ts';
import {
  checkoutInput,
  deleteInput,
  existingInput,
  finishInput,
  finishReleaseInput,
  finishVersionInput,
  listInput,
  publishInput,
  pullInput,
  renameInput,
  startInput,
  updateInput,
} from './declare.ts';
import { flowBranchSchema } from './types.ts';

// The actions that every kind of flow branch has; actions.ts gives them their kinds.

export const results = z.object({ repos: z.array(repoResultSchema) });

export const conclude = async () => (await import('./conclude.ts')).concludeFlow;

/** A name for examples. */
const SAMPLES: Record<FlowKind, string> = {
  feature: 'login',
  bugfix: 'typo',
  release: '1.4.0',
  hotfix: '1.3.1',
  support: '1.x',
};

const RENAMED: Record<FlowKind, string> = {
  ...SAMPLES,
  feature: 'sign-in',
  release: '2.0.0',
  hotfix: '1.3.2',
  bugfix: 'typos',
  support: '1.0',
};

/** As a sentence has it. */
const NOUNS: Record<FlowKind, string> = {
  feature: 'feature',
  bugfix: 'bugfix',
  release: 'release',
  hotfix: 'hotfix',
  support: 'support branch',
};

const PLURALS: Record<FlowKind, string> = {
  feature: 'features',
  bugfix: 'bugfixes',
  release: 'releases',
  hotfix: 'hotfixes',
  support: 'support branches',
};

export function start(kind: FlowKind) {
  return command({
    id: `flow.${kind}.start`,
    summary: `Start a ${NOUNS[kind]} in repos, all or none, and switch to it`,
    network: true,
    rerun: 'converge',
    input: startInput(kind),
    output: results,
    examples: [
      { title: `Start a ${NOUNS[kind]} in one repo`, input: { name: SAMPLES[kind], repos: ['web'] } },
    ],
    plan: async () => (await import('./start.ts')).planStart(kind),
    conclude,
  });
}

export function finish(kind: FlowKind) {
  return command({
    id: `flow.${kind}.finish`,
    summary: `Merge a ${NOUNS[kind]} back where it came from, and delete its branch`,
    network: true,
    rerun: 'converge',
    effects: ['outward'],
    input: finishInput(kind),
    output: results,
    examples: [{ title: `Finish a ${NOUNS[kind]} wherever it is`, input: { name: SAMPLES[kind] } }],
    plan: async () => (await import('./finish/plan.ts')).planFinish(kind),
    conclude,
  });
}

export function finishVersion(kind: 'release' | 'hotfix') {
  return command({
    id: `flow.${kind}.finish`,
    summary: `Merge a ${NOUNS[kind]} into main, tag it, merge it back into develop, and delete its branch`,
    network: true,
    rerun: 'converge',
    effects: ['outward'],
    input: kind === 'release' ? finishReleaseInput() : finishVersionInput(kind),
    output: results,
    examples: [
      { title: `Finish a ${NOUNS[kind]} wherever it is`, input: { name: SAMPLES[kind] } },
      { title: 'Finish it and push what it made', input: { name: SAMPLES[kind], push: true } },
    ],
    plan: async () => (await import('./finish/plan.ts')).planFinish(kind),
    conclude,
  });
}

export function publish(kind: FlowKind) {
  return command({
    id: `flow.${kind}.publish`,
    summary: `Push a ${NOUNS[kind]} to its remote, so that others can have it`,
    network: true,
    rerun: 'converge',
    effects: ['outward'],
    input: publishInput(kind),
    output: results,
    examples: [{ title: `Publish a ${NOUNS[kind]}`, input: { name: SAMPLES[kind] } }],
    plan: async () => (await import('./publish.ts')).planPublish(kind),
    conclude,
  });
}

export function track(kind: FlowKind) {
  return command({
    id: `flow.${kind}.track`,
    summary: `Fetch a ${NOUNS[kind]} that somebody else has published, and switch to it`,
    network: true,
    rerun: 'converge',
    input: checkoutInput(kind),
    output: results,
    examples: [{ title: `Work on another person's ${NOUNS[kind]}`, input: { name: 'search' } }],
    plan: async () => (await import('./track.ts')).planTrack(kind),
    conclude,
  });
}

export function update(kind: FlowKind) {
  return command({
    id: `flow.${kind}.update`,
    summary: `Bring what has come since into a ${NOUNS[kind]}: rebased while it is nobody else's, merged once it is published`,
    rerun: 'converge',
    input: updateInput(kind),
    output: results,
    examples: [{ title: `Bring a ${NOUNS[kind]} up to date`, input: { name: SAMPLES[kind] } }],
    plan: async () => (await import('./update.ts')).planUpdate(kind),
    conclude,
  });
}

export function rebase(kind: FlowKind) {
  return command({
    id: `flow.${kind}.rebase`,
    summary: `Rebase a ${NOUNS[kind]} on the branch that it was started from`,
    rerun: 'converge',
    input: publishInput(kind),
    output: results,
    examples: [{ title: `Rebase a ${NOUNS[kind]}`, input: { name: SAMPLES[kind] } }],
    plan: async () => (await import('./update.ts')).planRebase(kind),
    conclude,
  });
}

export function pull(kind: FlowKind) {
  return command({
    id: `flow.${kind}.pull`,
    summary: `Bring what others have pushed to a ${NOUNS[kind]} into it, or make it from theirs`,
    network: true,
    rerun: 'converge',
    input: pullInput(kind),
    output: results,
    examples: [{ title: `Get another person's commits`, input: { remote: 'origin', name: SAMPLES[kind] } }],
    plan: async () => (await import('./pull.ts')).planPull(kind),
    conclude,
  });
}

export function rename(kind: FlowKind) {
  return command({
    id: `flow.${kind}.rename`,
    summary: `Give a ${NOUNS[kind]} another name`,
    rerun: 'converge',
    input: renameInput(kind),
    output: results,
    examples: [{ title: `Rename a ${NOUNS[kind]}`, input: { name: SAMPLES[kind], to: RENAMED[kind] } }],
    plan: async () => (await import('./rename.ts')).planRename(kind),
    conclude,
  });
}

export function remove(kind: FlowKind) {
  return command({
    id: `flow.${kind}.delete`,
    summary: `Delete a ${NOUNS[kind]} without merging it; undo brings it back`,
    network: true,
    rerun: 'converge',
    effects: ['destructive', 'outward'],
    input: deleteInput(kind),
    output: results,
    examples: [
      { title: `Delete a ${NOUNS[kind]} that was merged elsewhere`, input: { name: SAMPLES[kind] } },
    ],
    plan: async () => (await import('./delete.ts')).planDelete(kind),
    conclude,
  });
}

export function list(kind: FlowKind) {
  return query({
    id: `flow.${kind}.list`,
    summary: `List the ${PLURALS[kind]} of repos`,
    input: listInput(),
    output: z.object({ branches: z.array(flowBranchSchema) }),
    examples: [{ title: `See which ${PLURALS[kind]} are open`, input: {} }],
    read: async () => (await import('./status.ts')).readFlowList(kind),
  });
}

export function diff(kind: FlowKind) {
  return query({
    id: `flow.${kind}.diff`,
    summary: `Show what a ${NOUNS[kind]} has changed since it was started`,
    input: existingInput(kind),
    output: z.object({
      repos: z.array(
        z.extend(diffSchema, {
          repo: field(z.string(), { description: 'Name of the repo', column: 'REPO' }),
        }),
      ),
    }),
    examples: [{ title: `Look at a ${NOUNS[kind]} before it is finished`, input: { name: SAMPLES[kind] } }],
    read: async () => (await import('./diff.ts')).readFlowDiff(kind),
  });
}

export function checkout(kind: FlowKind) {
  return command({
    id: `flow.${kind}.checkout`,
    summary: `Switch to a ${NOUNS[kind]} in every repo that has it`,
    rerun: 'converge',
    input: checkoutInput(kind),
    output: results,
    examples: [{ title: `Go on with a ${NOUNS[kind]}`, input: { name: SAMPLES[kind] } }],
    plan: async () => (await import('./checkout.ts')).planCheckout(kind),
    conclude,
  });
}
