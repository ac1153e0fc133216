import * as z from 'zod/mini';
import { command, query, stream } from '#engines/core/action.ts';
import { flag, text } from '#engines/core/fields.ts';
import { rowDelta } from '#engines/core/rows.ts';
import { doneInput, newlyNamed, releaseBranchInput, repos, style } from './declare.ts';
import {
  checkout,
  conclude,
  diff,
  finish,
  finishVersion,
  list,
  publish,
  pull,
  rebase,
  remove,
  rename,
  results,
  start,
  track,
  update,
} from './kind-actions.ts';
import { flowBranchSchema, flowRepoSchema } from './types.ts';

export const feat = command({
  id: 'feat',
  summary: 'Start a feature in a worktree of its own in every repo, as one worktree set',
  network: true,
  rerun: 'converge',
  input: z.object({
    name: newlyNamed('feature'),
    repos: repos(),
    base: text({ description: 'Branch to start from; develop unless told', completes: 'branch' }),
    noSetup: flag({ description: 'Copy no files and run no setup command' }),
  }),
  output: results,
  examples: [
    {
      title: 'Work on a feature beside everything else, in one repo',
      input: { name: 'search', repos: ['web'] },
    },
  ],
  plan: async () => (await import('./feat.ts')).planFeat,
  conclude,
});

export const done = command({
  id: 'done',
  summary: 'Finish a flow branch in every repo that has it, and remove its worktree set',
  network: true,
  rerun: 'converge',
  effects: ['destructive', 'outward'],
  input: doneInput(),
  output: results,
  examples: [{ title: 'Be done with a feature', input: { name: 'login' } }],
  plan: async () => (await import('./done.ts')).planDone,
  conclude,
});

export const flowInit = command({
  id: 'flow.init',
  summary: 'Set repos up for the flow model: develop from main, and names that git-flow knows too',
  rerun: 'converge',
  input: z.object({
    repos: repos(),
    main: text({
      description: 'Branch that releases are on; main, master or production unless told',
      completes: 'branch',
    }),
    develop: text({ description: 'Branch that features go to; develop unless told', completes: 'branch' }),
    feature: text({ description: 'Prefix of features' }),
    bugfix: text({ description: 'Prefix of bugfixes' }),
    release: text({ description: 'Prefix of releases' }),
    hotfix: text({ description: 'Prefix of hotfixes' }),
    support: text({ description: 'Prefix of support branches' }),
    tag: text({ description: 'Prefix of the tags of versions' }),
    defaults: flag({
      description: 'Take the usual names; they are taken anyway where none is told',
      short: 'd',
    }),
    force: flag({ description: 'Also where a repo is set up already', short: 'f' }),
    style: style(),
  }),
  output: results,
  examples: [
    { title: 'Set every repo up', input: {} },
    { title: 'Set one repo up with other names', input: { repos: ['api'], develop: 'next', tag: 'v' } },
  ],
  plan: async () => (await import('./init.ts')).planInit,
  conclude,
});

export const flowStatus = query({
  id: 'flow.status',
  summary:
    'Show every flow branch by repo: ahead and behind, worktree, changes, and what finishing it would come to',
  input: z.object({ repos: repos() }),
  output: z.object({ branches: z.array(flowBranchSchema), repos: z.array(flowRepoSchema) }),
  examples: [{ title: 'See how all flow branches stand', input: {} }],
  read: async () => (await import('./status.ts')).readFlowStatus,
});

export const flowWatch = stream({
  id: 'flow.watch',
  summary: 'Keep the flow branches of repos up to date as they change',
  input: z.object({ repos: repos() }),
  event: rowDelta(flowBranchSchema),
  shared: true,
  examples: [{ title: 'Follow the flow branches of one repo', input: { repos: ['api'] } }],
  follow: async () => (await import('./watch.ts')).watchFlow,
});

export const flowSync = command({
  id: 'flow.sync',
  summary: 'Fetch, then fast-forward main, develop and the flow branches that can be',
  network: true,
  rerun: 'converge',
  input: z.object({ repos: repos() }),
  output: results,
  examples: [{ title: 'Bring all flow branches up to date', input: {} }],
  plan: async () => (await import('./sync.ts')).planSync,
  conclude,
});

export const flowFeatureStart = start('feature');
export const flowFeatureFinish = finish('feature');
export const flowFeaturePublish = publish('feature');
export const flowFeatureTrack = track('feature');
export const flowFeatureUpdate = update('feature');
export const flowFeatureRebase = rebase('feature');
export const flowFeaturePull = pull('feature');
export const flowFeatureRename = rename('feature');
export const flowFeatureDelete = remove('feature');
export const flowFeatureList = list('feature');
export const flowFeatureDiff = diff('feature');
export const flowFeatureCheckout = checkout('feature');

export const flowBugfixStart = start('bugfix');
export const flowBugfixFinish = finish('bugfix');
export const flowBugfixPublish = publish('bugfix');
export const flowBugfixTrack = track('bugfix');
export const flowBugfixUpdate = update('bugfix');
export const flowBugfixRebase = rebase('bugfix');
export const flowBugfixPull = pull('bugfix');
export const flowBugfixRename = rename('bugfix');
export const flowBugfixDelete = remove('bugfix');
export const flowBugfixList = list('bugfix');
export const flowBugfixDiff = diff('bugfix');
export const flowBugfixCheckout = checkout('bugfix');

export const flowReleaseStart = start('release');
export const flowReleaseFinish = finishVersion('release');
export const flowReleaseBranch = command({
  id: 'flow.release.branch',
  summary: 'Merge a branch that is no flow branch into main and tag it as a version; develop unless told',
  network: true,
  rerun: 'converge',
  effects: ['outward'],
  input: releaseBranchInput(),
  output: results,
  examples: [{ title: 'Release what develop has, without a release branch', input: { name: '1.4.0' } }],
  plan: async () => (await import('./finish/release-branch.ts')).planReleaseBranch,
  conclude,
});
export const flowReleasePublish = publish('release');
export const flowReleaseTrack = track('release');
export const flowReleaseUpdate = update('release');
export const flowReleaseRebase = rebase('release');
export const flowReleaseRename = rename('release');
export const flowReleaseDelete = remove('release');
export const flowReleaseList = list('release');
export const flowReleaseDiff = diff('release');
export const flowReleaseCheckout = checkout('release');

export const flowHotfixStart = start('hotfix');
export const flowHotfixFinish = finishVersion('hotfix');
export const flowHotfixPublish = publish('hotfix');
export const flowHotfixTrack = track('hotfix');
export const flowHotfixUpdate = update('hotfix');
export const flowHotfixRebase = rebase('hotfix');
export const flowHotfixRename = rename('hotfix');
export const flowHotfixDelete = remove('hotfix');
export const flowHotfixList = list('hotfix');
export const flowHotfixDiff = diff('hotfix');
export const flowHotfixCheckout = checkout('hotfix');

export const flowSupportStart = start('support');
export const flowSupportPublish = publish('support');
export const flowSupportTrack = track('support');
export const flowSupportRename = rename('support');
export const flowSupportDelete = remove('support');
export const flowSupportList = list('support');
export const flowSupportDiff = diff('support');
export const flowSupportCheckout = checkout('support');
