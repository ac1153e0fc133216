import { existsSync } from 'node:fs';
import { appendFile, chmod, readFile } from 'node:fs/promises';
import { expect } from 'vitest';
import type { Failure } from '#engines/core/errors.ts';
import type { Receipt } from '#engines/core/receipt.ts';
import type { Repo } from '../../rig/git.ts';
import type { World } from '../../rig/home.ts';
import { createWorkspace, type Workspace } from '../../rig/workspace.ts';
import { type Picture, pictureOf } from '../../scenario/evidence.ts';
import { createStage, type Stage } from '../workspace/stage.ts';

/** A workspace whose repos have the flow model, and the spine over it. */
export type Field = { workspace: Workspace; stage: Stage; world: World };

/**
 * Repos on develop, which is one commit ahead of main and published. Each has work that nobody has committed, of the
 * kind that is in nobody's way.
 */
export const createField = async (world: World, ...names: string[]): Promise<Field> => {
  const workspace = await createFlowWorkspace(world, ...names);
  return { world, workspace, stage: createStage(world) };
};

export const createFlowWorkspace = async (world: World, ...names: string[]): Promise<Workspace> => {
  const workspace = await createWorkspace(
    world,
    Object.fromEntries(names.map((name) => [name, 'clean' as const])),
  );
  await Promise.all(names.map((name) => withDevelop(workspace.repo(name))));
  return workspace;
};

const withDevelop = async (repo: Repo) => {
  await repo.git('checkout', '--quiet', '-b', 'develop');
  await repo.commit('Plan the next release', { 'plan.txt': 'plan\n' });
  await repo.git('push', '--quiet', '--set-upstream', 'origin', 'develop');
  await repo.write('notes/untracked.txt', 'untracked\n');
};

/** As `git flow init -d` leaves the configuration. */
export const withGitFlow = (repo: Repo): Promise<void> =>
  appendFile(
    repo.path('.git', 'config'),
    [
      '[gitflow "branch"]\n\tmaster = main\n\tdevelop = develop\n',
      '[gitflow "prefix"]\n\tfeature = feature/\n\tbugfix = bugfix/\n\trelease = release/\n',
      '\thotfix = hotfix/\n\tsupport = support/\n\tversiontag = \n',
      `[gitflow "path"]\n\thooks = ${repo.path('.git', 'hooks')}\n`,
    ].join(''),
  );

/** Starts a feature everywhere and gives each repo a commit on it. */
export const withFeature = async ({ stage, workspace }: Field, name = 'login'): Promise<void> => {
  await succeeds(stage, 'flow.feature.start', { name });
  for (const each of workspace.names) {
    await commitOnly(workspace.repo(each), `Begin ${name}`, { [`${name}.txt`]: `${name} of ${each}\n` });
  }
};

/** A hook of git's or git-flow's, as lines of shell. */
export const withHook = async (repo: Repo, name: string, script: string, directory = '.git/hooks') => {
  await repo.write(`${directory}/${name}`, `#!/bin/sh\n${script}\n`);
  await chmod(repo.path(directory, name), 0o755);
};

/** A commit with some files and nothing else. */
export const commitOnly = async (
  repo: Repo,
  message: string,
  files: Record<string, string>,
): Promise<string> => {
  for (const [path, content] of Object.entries(files)) await repo.write(path, content);
  await repo.git('add', '--', ...Object.keys(files));
  await repo.git('commit', '--quiet', '--message', message);
  return repo.oid();
};

/** Everything that undo has to bring back, the configuration as bytes and the index with its flags. */
export type Likeness = Picture & {
  config: string;
  flags: string[];
  unfinished: string[];
  tracking: string[];
};

const UNFINISHED = [
  'MERGE_HEAD',
  'MERGE_MSG',
  'SQUASH_MSG',
  'CHERRY_PICK_HEAD',
  'rebase-merge',
  'index.lock',
];

export const likenessOf = async (repo: Repo): Promise<Likeness> => {
  const [picture, config, debug, tracking] = await Promise.all([
    pictureOf(repo),
    readFile(repo.path('.git', 'config'), 'latin1'),
    repo.git('ls-files', '--stage', '--debug'),
    repo.git('for-each-ref', '--format=%(refname) %(upstream)', 'refs/heads'),
  ]);
  return {
    ...picture,
    config,
    flags: debug.split('\n').filter((line) => !/^ +(ctime|mtime|dev|uid):/.test(line)),
    unfinished: UNFINISHED.filter((name) => existsSync(repo.path('.git', name))),
    tracking: tracking.split('\n'),
  };
};

export const likenesses = async ({ repo, names }: Pick<Workspace, 'repo' | 'names'>) =>
  Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await likenessOf(repo(name))] as const)),
  );

/** An action that is approved and comes out well. */
export const succeeds = async (
  stage: Stage,
  action: string,
  input: object = {},
  manner: { cwd?: string } = {},
): Promise<Receipt> => {
  const receipt = await stage.receipt(action, input, { approval: { yes: true }, ...manner });
  const failed = receipt.steps.filter(({ status }) => !['done', 'skipped'].includes(status));
  if (receipt.status !== 'done' || failed.length > 0)
    throw new Error(`${action} ended ${receipt.status}: ${JSON.stringify(failed, null, 2)}`);
  return receipt;
};

/** The failures of each repo that an action refuses, or that failed, by its name. */
export const failures = async (
  stage: Stage,
  action: string,
  input: object = {},
  manner: { cwd?: string } = {},
): Promise<Record<string, Failure>> => {
  const outcome = await stage.call(action, input, { approval: { yes: true }, ...manner });
  if (outcome.kind === 'failure') return { '': outcome.failure };
  if (outcome.kind !== 'receipt') throw new Error(`${action} came out as ${JSON.stringify(outcome)}`);
  return Object.fromEntries(
    outcome.receipt.steps.flatMap(({ target, failure }) => (failure ? [[target.name, failure]] : [])),
  );
};

/** Undo, redo and undo again: each comes to exactly what was before, and what was after. */
export const expectUndone = async (
  { stage, workspace }: Field,
  act: () => Promise<unknown>,
): Promise<void> => {
  const before = await likenesses(workspace);
  await act();
  const after = await likenesses(workspace);
  expect(after).not.toEqual(before);
  await succeeds(stage, 'undo');
  expect(await likenesses(workspace)).toEqual(before);
  await succeeds(stage, 'redo');
  expect(content(await likenesses(workspace))).toEqual(content(after));
  await succeeds(stage, 'undo');
  expect(await likenesses(workspace)).toEqual(before);
};

/** What is done again has the same meaning; where a line of the configuration stands may differ. */
const content = (all: Record<string, Likeness>) =>
  Object.fromEntries(
    Object.entries(all).map(([name, { config, ...rest }]) => [
      name,
      { ...rest, config: config.split('\n').toSorted() },
    ]),
  );

/** Subjects of the parents-first history of a revision, merges marked. */
export const historyOf = (repo: Repo, revision = 'HEAD'): Promise<string> =>
  repo.git('log', '--first-parent', '--format=%p|%s', '-3', revision);
