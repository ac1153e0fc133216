import { commitOnly, withGitFlow } from '../../engines/flow/field.ts';
import type { Repo } from '../../rig/git.ts';

/** A flow command that is killed, and how each repo stands before it; every other repo has git-flow's configuration. */
export type FlowSubject = {
  command: readonly string[];
  prepare(repo: Repo): Promise<unknown>;
};

const begun = async (repo: Repo, branch: string, from: string) => {
  await repo.git('switch', '--quiet', '--create', branch, from);
  await commitOnly(repo, 'Begin', { 'src/begun.txt': `begun on ${branch}\n` });
  await repo.git('config', `branch.${branch}.description`, 'what this is about');
};

const noted = async (repo: Repo, branch: string, from: string) => {
  await withGitFlow(repo);
  await repo.git('config', `gitflow.branch.${branch}.base`, from);
  await begun(repo, branch, from);
};

/** Develop has gone on since, and is checked out. */
const overtaken = async (repo: Repo, branch: string) => {
  await begun(repo, branch, 'develop');
  await repo.git('switch', '--quiet', 'develop');
  await commitOnly(repo, 'Meanwhile', { 'meanwhile.txt': 'meanwhile\n' });
};

export const FLOW_SUBJECTS: Record<string, FlowSubject> = {
  start: { command: ['flow', 'feature', 'start', 'login'], prepare: withGitFlow },
  finish: {
    command: ['flow', 'feature', 'finish', 'login'],
    prepare: (repo) => noted(repo, 'feature/login', 'develop'),
  },
  squash: {
    command: ['flow', 'feature', 'finish', 'login', '--squash'],
    prepare: (repo) => overtaken(repo, 'feature/login'),
  },
  rebase: {
    command: ['flow', 'feature', 'finish', 'login', '--rebase'],
    prepare: (repo) => overtaken(repo, 'feature/login'),
  },
  'release finish': {
    command: ['flow', 'release', 'finish', '1.4.0'],
    prepare: (repo) => noted(repo, 'release/1.4.0', 'develop'),
  },
  'hotfix finish': {
    command: ['flow', 'hotfix', 'finish', '1.0.1'],
    prepare: (repo) => noted(repo, 'hotfix/1.0.1', 'main'),
  },
  delete: {
    command: ['flow', 'feature', 'delete', 'login', '--force'],
    prepare: (repo) => noted(repo, 'feature/login', 'develop'),
  },
  rename: {
    command: ['flow', 'feature', 'rename', 'login', 'sign-in'],
    prepare: (repo) => noted(repo, 'feature/login', 'develop'),
  },
  update: {
    command: ['flow', 'feature', 'update', 'login'],
    prepare: (repo) => overtaken(repo, 'feature/login'),
  },
  init: {
    command: ['flow', 'init'],
    prepare: async (repo) => {
      await repo.git('switch', '--quiet', 'main');
      await repo.git('branch', '--quiet', '-D', 'develop');
      await repo.git('update-ref', '-d', 'refs/remotes/origin/develop');
    },
  },
};
