import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Step, Twin } from './twin.ts';

/** Several steps as one. */
export const steps =
  (...all: readonly Step[]): Step =>
  async (twin) => {
    for (const step of all) await step(twin);
  };

export const git =
  (...args: string[]): Step =>
  ({ repo }) =>
    repo.git(...args);

/** Moves to a branch. */
export const on = (branch: string): Step => git('checkout', '--quiet', branch, '--');

export const config = (key: string, value: string): Step => git('config', key, value);

/** Commits to the branch that is checked out, each with a file of its own. */
export const work =
  (count = 1): Step =>
  async ({ repo }) => {
    const branch = await repo.git('branch', '--show-current');
    const before = Number(await repo.git('rev-list', '--count', 'HEAD'));
    for (let index = 1; index <= count; index++) {
      const name = `${branch.replaceAll('/', '-')}-${before + index}`;
      await repo.commit(`Work ${name}`, { [`${name}.txt`]: `${name}\n` });
    }
  };

/** Commits to a branch and comes back. */
export const workOn =
  (branch: string, count = 1): Step =>
  async (twin) => {
    const before = await twin.repo.git('branch', '--show-current');
    await steps(on(branch), work(count), on(before))(twin);
  };

/** A flow branch with commits, made as git-flow starts one; it stays checked out. */
export const begun = (branch: string, { from = 'develop', commits = 1 } = {}): Step =>
  steps(
    git('checkout', '--quiet', '-b', branch, from),
    config(`gitflow.branch.${branch}.base`, from),
    work(commits),
  );

/** Changes the same line here and on the other branch; the branch that is checked out stays so. */
export const clashing =
  (other: string): Step =>
  async ({ repo }) => {
    const branch = await repo.git('branch', '--show-current');
    await repo.switchTo(other);
    await repo.commit(`Edit on ${other}`, { 'README.md': `one\ntwo on ${other}\nthree\n` });
    await repo.switchTo(branch);
    await repo.commit(`Edit on ${branch}`, { 'README.md': `one\ntwo on ${branch}\nthree\n` });
  };

export const unstaged: Step = ({ repo }) => repo.write('README.md', 'changed\n');
export const staged: Step = steps(unstaged, git('add', 'README.md'));
export const untracked: Step = ({ repo }) => repo.write('notes.txt', 'untracked\n');

/** Both sides of a conflict are taken, and staged. */
export const resolved: Step = async ({ repo }) => {
  await repo.write('README.md', 'one\ntwo of both\nthree\n');
  await repo.git('add', 'README.md');
};

export const merged: Step = steps(resolved, git('commit', '--quiet', '--no-edit'));
export const mergeAborted: Step = git('merge', '--abort');
export const rebased: Step = steps(resolved, git('-c', 'core.editor=true', 'rebase', '--continue'));
export const rebaseAborted: Step = git('rebase', '--abort');

export const published = (branch: string): Step => git('push', '--quiet', '--set-upstream', 'origin', branch);

/** The branch is on origin only. */
export const elsewhere = (branch: string, from = 'develop'): Step =>
  steps(
    begun(branch, { from }),
    git('push', '--quiet', 'origin', branch),
    on('develop'),
    git('branch', '--quiet', '-D', branch),
    git('config', '--remove-section', `gitflow.branch.${branch}`),
  );

/** Origin's branch gets a commit that is missing here, and that may have been fetched. */
export const overtaken =
  (branch: string, { fetched = true } = {}): Step =>
  async (twin: Twin) => {
    const { repo } = twin;
    const before = await repo.oid(`refs/remotes/origin/${branch}`);
    const tree = `${before}^{tree}`;
    const commit = await repo.git('commit-tree', '-p', before, '-m', 'Work of others', tree);
    await repo.git('push', '--quiet', 'origin', `${commit}:refs/heads/${branch}`);
    if (!fetched) await repo.git('update-ref', `refs/remotes/origin/${branch}`, before);
  };

/** Another worktree has the branch checked out. */
export const inWorktree = (branch: string): Step => git('worktree', 'add', '--quiet', '../linked', branch);

/** Takes away what a failed start has left in the configuration. */
export const withoutBase = (branch: string): Step =>
  git('config', '--remove-section', `gitflow.branch.${branch}`);

export const tagged = (name: string, at = 'main'): Step => git('tag', '--annotate', '-m', name, name, at);

/** A key for signatures, of a kind that signs the same thing alike every time. */
export const signing: Step = async ({ dir, world, repo }) => {
  const key = world.path('home', 'signing');
  await world.run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'test', '-f', key], { cwd: dir });
  await repo.git('config', 'gpg.format', 'ssh');
  await repo.git('config', 'user.signingKey', `${key}.pub`);
};

/** Beside the repository, where `-f` finds it. */
export const noted =
  (text: string): Step =>
  ({ dir }) =>
    writeFile(join(dir, 'notes'), text);

/** A hook or filter of git-flow's, as lines of shell. */
export const hook =
  (name: string, script: string): Step =>
  async ({ repo }) => {
    const file = repo.path('.git', 'hooks', name);
    await repo.write(join('.git', 'hooks', name), `#!/bin/sh\n${script}\n`);
    await chmod(file, 0o755);
  };

/** Every hook of a command notes how it was called and what was there by then. */
export const hooked = (command: string): Step =>
  steps(...['pre', 'post'].map((when) => hook(`${when}-flow-${command}`, NOTES)));

const NOTES = [
  'cd "$GIT_CURRENT_REPO_DIR" || exit 1',
  '{',
  'echo "$(basename "$0"): $*"',
  'echo "$MASTER_BRANCH $DEVELOP_BRANCH $ORIGIN $(basename "$HOOKS_DIR") $(basename "$DOT_GIT_DIR")"',
  'git symbolic-ref HEAD',
  "git for-each-ref --format='%(refname) %(objectname)' refs/heads refs/tags refs/remotes",
  '} >>told.txt',
].join('\n');
