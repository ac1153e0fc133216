import { join } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import { call } from '#engines/core/operation.ts';
import type { Draft } from '#engines/core/plan.ts';
import { quote } from '#engines/core/shell.ts';
import { readConfig } from '#engines/git/config/values.ts';
import { gitDirectories } from '#engines/git/directory.ts';
import { gitBranch, gitHead, gitRef } from '#engines/git/facts.ts';
import { FLOW_KINDS, type FlowKind } from '#engines/git/flow-config.ts';
import { requireBranchName } from '#engines/git/names.ts';
import {
  gitBranchStart,
  gitBranchTrack,
  gitBranchUnborn,
  gitCommit,
  gitConfigEdit,
} from '#engines/git/operations.ts';
import type { Verdict } from '#engines/repo/choose.ts';
import { requireClean, requireTag } from './check.ts';
import { type Course, createCourse } from './course.ts';
import { flowError } from './errors.ts';
import { ownHooks } from './hooks/find.ts';
import { planFlow, type Style, styleOf } from './plan.ts';
import { checkedOut, type FlowState, type LocalBranch } from './state.ts';
import { requireSwitchable } from './switchable.ts';

type InitInput = Partial<Record<FlowKind, string>> & {
  repos: string[];
  main?: string;
  develop?: string;
  tag?: string;
  force: boolean;
  style?: Style;
};

/** Names under which production branches go, those that are likelier first. */
const MAINS = ['production', 'main', 'master'];
const DEVELOPS = ['develop', 'int', 'integration'];

/** What git-flow itself asks for before it does anything. */
const KEYS = [
  'gitflow.branch.master',
  'gitflow.branch.develop',
  ...FLOW_KINDS.map((kind) => `gitflow.prefix.${kind}`),
  'gitflow.prefix.versiontag',
];

/** In git-flow's own keys, so that both tools work on the same repository. */
export async function planInit(input: InitInput, context: Context): Promise<Draft> {
  const style = await styleOf(context, input.style);
  return planFlow(context, input.repos, (state, bounded) => initOne(bounded, state, { ...input, style }));
}

async function initOne(
  context: Context,
  state: FlowState,
  input: InitInput & { style: Style },
): Promise<Verdict> {
  const { model, repo, home } = state;
  if (model.source === 'next' && !input.force) return { settled: 'git-flow-next is set up here' };
  const isComplete = KEYS.every((key) => model.values.has(key)) && state.branches.has(model.develop);
  if (isComplete && !input.force) return { settled: 'set up already' };
  await requireClean(context, home.target);
  const main = unbornMain(state, input) ?? requireMain(state, input);
  const develop = developOf(state, input, main.name);
  await requireBranchName(context, repo.path, main.name);
  await requireBranchName(context, repo.path, develop);
  const course = createCourse(context, state);
  await requireNames(context, state, input);
  const keys: Keys = {
    ...input,
    main: main.name,
    develop,
    hooks:
      (await ownHooks(context, repo.path)) ?? join(gitDirectories(repo.path)?.common ?? repo.path, 'hooks'),
    own: await readConfig(context, repo.path, '^gitflow\\.', '--local'),
  };
  // Names go first, so that the same command finds the branch that was made for it.
  if (main.oid === null) {
    addKeys(course, state, keys);
    addFirst(course, state, main.name);
  }
  if (!state.branches.has(develop) && develop !== main.name)
    await addDevelop(context, course, state, { main, develop });
  if (main.oid !== null) addKeys(course, state, keys);
  return { steps: course.steps };
}

/** Under a prefix that git does not allow nothing could ever be started. */
async function requireNames(context: Context, state: FlowState, input: InitInput): Promise<void> {
  for (const kind of FLOW_KINDS) {
    if (input[kind] !== undefined) await requireBranchName(context, state.repo.path, `${input[kind]}x`);
  }
  if (input.tag !== undefined) await requireTag(context, { ...state, tags: new Map() }, `${input.tag}1.0.0`);
}

/** A branch, or the one that is going to be made, which has no commit yet. */
interface Main {
  name: string;
  oid: string | null;
}

/** Of a repository that has no branch at all, here or published. */
function unbornMain(
  { model, branches, remotes, home }: FlowState,
  { main, force }: InitInput,
): Main | undefined {
  if (home.branch === null || branches.size + remotes.size > 0) return undefined;
  const configured = force ? undefined : model.values.get('gitflow.branch.master');
  return { name: main ?? configured ?? home.branch, oid: null };
}

/** A branch begins at a commit: an empty one, as git-flow makes it. */
function addFirst(course: Course, { home }: FlowState, main: string): void {
  const from = home.branch as string;
  const unborn = expect(gitHead, {}, 'unborn');
  if (main !== from) {
    course.add(home.target, call(gitBranchUnborn, { from, to: main }), [expect(gitBranch, {}, from), unborn]);
    course.switched(home.target, main);
  }
  course.add(
    home.target,
    call(gitCommit, { message: 'Initial commit', all: false, from: null, empty: true }),
    [expect(gitBranch, {}, main), unborn],
  );
}

function requireMain({ repo, model, branches }: FlowState, { main, force }: InitInput): LocalBranch {
  const configured = force ? undefined : model.values.get('gitflow.branch.master');
  const wanted = main ?? configured;
  const guesses = [...MAINS, model.main, repo.defaultBranch];
  const name = wanted ?? guesses.find((one) => branches.has(one));
  const found = name === undefined ? undefined : branches.get(name);
  if (found) return found;
  throw flowError(
    'flow-main-missing',
    name === undefined
      ? `${repo.name} has none of the branches ${MAINS.join(', ')}.`
      : `${repo.name} has no branch ${name}.`,
    {
      next: [
        `git -C ${quote(repo.path)} branch --all`,
        `gantry flow init --main BRANCH --repos ${quote(repo.name)}`,
      ],
    },
  );
}

function developOf({ model, branches }: FlowState, { develop, force }: InitInput, main: string): string {
  const configured = force ? undefined : model.values.get('gitflow.branch.develop');
  const guess = [model.develop, ...DEVELOPS].find((one) => one !== main && branches.has(one));
  return develop ?? configured ?? guess ?? model.develop;
}

/** From what is published of it, else from main, and at once checked out; what is checked out now does not matter. */
async function addDevelop(
  context: Context,
  course: Course,
  state: FlowState,
  { main, develop }: { main: Main; develop: string },
): Promise<void> {
  const { remotes, model, home } = state;
  const upstream = `${model.origin}/${develop}`;
  const published = remotes.get(upstream);
  const at = published ?? main.oid ?? `refs/heads/${main.name}`;
  if (main.oid !== null) await requireSwitchable(context, state, at);
  const from = main.oid === null ? main.name : checkedOut(home);
  const start =
    published === undefined
      ? call(gitBranchStart, { branch: develop, at, from })
      : call(gitBranchTrack, { branch: develop, upstream, from });
  course.add(home.target, start, [
    expect(gitBranch, {}, course.at(home.target) ?? 'detached'),
    expect(gitRef, { ref: `refs/heads/${develop}` }, 'absent'),
  ]);
}

type Keys = InitInput & {
  main: string;
  develop: string;
  style: Style;
  /** Where git looks for hooks, or git-flow was told to. */
  hooks: string;
  /** What the repository's own file says, whatever else holds for it. */
  own: ReadonlyMap<string, string>;
};

function addKeys(
  course: Course,
  { model, home }: FlowState,
  { main, develop, tag, force, style, hooks, own, ...input }: Keys,
): void {
  const { values } = model;
  const usual = (kind: FlowKind) => (style === 'avh' ? `${kind}/` : model.prefixes[kind]);
  const wanted: [key: string, value: string][] = [
    ['gitflow.branch.master', main],
    ['gitflow.branch.develop', develop],
    ...FLOW_KINDS.map((kind): [string, string] => [`gitflow.prefix.${kind}`, input[kind] ?? usual(kind)]),
    ['gitflow.prefix.versiontag', tag ?? (style === 'avh' ? '' : model.tagPrefix)],
    ['gitflow.path.hooks', hooks],
  ];
  const edits = wanted
    .filter(([key, value]) => values.get(key) !== value && (force || !values.has(key)))
    .map(([key, value]) => ({ key, value, before: own.get(key) ?? null }));
  if (edits.length > 0) course.add(home.target, call(gitConfigEdit, { edits }));
}
