import * as z from 'zod/mini';
import { field, flag, text, texts } from '#engines/core/fields.ts';
import type { FlowKind } from '#engines/git/flow-config.ts';
import { TRAITS } from './kinds.ts';

// The inputs that the kinds of flow branches share; actions.ts gives them their kinds.

export const repos = () =>
  texts({ description: 'Repos by name; all that are cloned where none is named', completes: 'repo' });

export const style = () =>
  field(z.optional(z.enum(['gantry', 'avh'])), {
    description: "Whose ways: Gantry's own, or those of git-flow (AVH); the setting flow.style unless told",
  });

export const named = (kind: FlowKind) =>
  field(z.string(), {
    description: `Name of the ${kind}, without the prefix`,
    positional: true,
    completes: kind,
  });

export const maybeNamed = (kind: FlowKind) =>
  text({
    description: `Name of the ${kind}; the one that is checked out here unless told`,
    positional: true,
    completes: kind,
  });

export const newlyNamed = (kind: FlowKind) =>
  field(z.string(), {
    description: TRAITS[kind].versioned ? 'Version: 1.4.0' : `Name of the ${kind}, without the prefix`,
    positional: true,
  });

const fetch = () => flag({ description: 'Learn first what the remotes have', short: 'F' });

export const startInput = (kind: FlowKind) =>
  z.object({
    name: newlyNamed(kind),
    base: text({
      description: `Branch to start from; ${TRAITS[kind].from} unless told`,
      positional: true,
      completes: 'branch',
    }),
    repos: repos(),
    fetch: fetch(),
    style: style(),
  });

const signingFields = () => ({
  signingkey: text({ description: 'Key to sign the tag with; implies that it is signed', short: 'u' }),
  messagefile: text({ description: 'File that has the message of the tag', short: 'f' }),
});

const sign = () => flag({ description: 'Sign what is made', short: 's' });

const squash = () => flag({ description: 'One commit instead of a merge', short: 'S' });

const squashInfo = () =>
  flag({ description: 'The message of a squash names the branch and each of its commits' });

const notag = () => flag({ description: 'No tag', short: 'n' });

const finishFields = (kind: FlowKind) => ({
  name: maybeNamed(kind),
  repos: repos(),
  keep: flag({ description: 'The branch stays', short: 'k' }),
  keepremote: flag({ description: 'The published branch stays' }),
  keeplocal: flag({ description: 'The local branch stays' }),
  forceDelete: flag({
    description: "git-flow's word for deleting it in any case; what is merged is deleted anyway",
    short: 'D',
  }),
  squash: squash(),
  squashInfo: squashInfo(),
  rebase: flag({ description: 'Rebase it before it is merged', short: 'r' }),
  noFf: flag({
    description: 'A merge commit in any case; Gantry makes one anyway, git-flow not of one commit',
  }),
  push: flag({ description: 'Push what was merged, and delete the published branch', short: 'p' }),
  sign: sign(),
  message: text({
    description: TRAITS[kind].versioned ? 'Message of the tag' : 'Message of the merge',
    short: 'm',
  }),
  fetch: fetch(),
  style: style(),
});

export const finishInput = (kind: FlowKind) => z.object(finishFields(kind));

export const finishVersionInput = (kind: FlowKind) =>
  z.object({
    ...finishFields(kind),
    tagname: text({
      description: 'Name of the tag, without the prefix; the version unless told',
      short: 'T',
    }),
    notag: notag(),
    nobackmerge: flag({ description: 'Merge the branch itself into develop, and not the tag', short: 'b' }),
    ...signingFields(),
  });

export const finishReleaseInput = () =>
  z.object({
    ...finishVersionInput('release').shape,
    ffMaster: flag({ description: 'Fast-forward main first to what is published of it' }),
    nodevelopmerge: flag({ description: 'Not into develop' }),
    pushproduction: flag({ description: 'Push main alone, or what else is named' }),
    pushdevelop: flag({ description: 'Push develop alone, or what else is named' }),
    pushtag: flag({ description: 'Push the tag alone, or what else is named' }),
  });

export const releaseBranchInput = () =>
  z.object({
    name: newlyNamed('release'),
    branch: text({
      description: 'Branch to release; develop unless told',
      positional: true,
      completes: 'branch',
    }),
    repos: repos(),
    squash: squash(),
    squashInfo: squashInfo(),
    push: flag({ description: 'Push main and the tag', short: 'p' }),
    sign: sign(),
    message: text({ description: 'Message of the tag', short: 'm' }),
    ...signingFields(),
    notag: notag(),
    fetch: fetch(),
    style: style(),
  });

export const doneInput = () =>
  z.object({
    ...finishFields('feature'),
    name: field(z.string(), {
      description: 'Name of the flow branch, without the prefix, and of the worktree set',
      positional: true,
      completes: 'set',
    }),
    keepIgnored: flag({ description: 'Keep ignored directories for undo, such as what was built' }),
  });

export const existingInput = (kind: FlowKind) => z.object({ name: maybeNamed(kind), repos: repos() });

export const publishInput = (kind: FlowKind) =>
  z.object({ name: maybeNamed(kind), repos: repos(), style: style() });

export const checkoutInput = (kind: FlowKind) =>
  z.object({ name: named(kind), repos: repos(), style: style() });

export const pullInput = (kind: FlowKind) =>
  z.object({
    remote: field(z.string(), { description: 'Remote to pull from', positional: true }),
    name: maybeNamed(kind),
    repos: repos(),
  });

export const updateInput = (kind: FlowKind) =>
  z.object({
    name: maybeNamed(kind),
    repos: repos(),
    rebase: flag({ description: 'Rebase it; else it is merged into where it is published', short: 'r' }),
    style: style(),
  });

export const deleteInput = (kind: FlowKind) =>
  z.object({
    name: named(kind),
    repos: repos(),
    force: flag({ description: 'Also where its commits are nowhere else; undo brings it back', short: 'f' }),
    remote: flag({ description: 'The published branch too', short: 'r' }),
    style: style(),
  });

export const renameInput = (kind: FlowKind) =>
  z.object({
    name: named(kind),
    to: field(z.string(), { description: 'New name', positional: true }),
    repos: repos(),
  });

export const listInput = () => z.object({ repos: repos() });
