import { clone, createRemote, type Repo } from './git.ts';
import type { World } from './home.ts';

/** A clone, the bare repository it came from, and the world both are in. */
export type Site = { world: World; repo: Repo; remote: Repo };

const CHANGED = 'README.md';

/** The states a repository of a workspace can be in. Each begins at a fresh clone of a remote with three commits. */
export const STATES = {
  clean: async () => {},
  dirty: ({ repo }) => repo.write(CHANGED, 'changed in the working tree\n'),
  staged: async ({ repo }) => {
    await repo.write(CHANGED, 'changed in the index\n');
    await repo.git('add', CHANGED);
  },
  untracked: ({ repo }) => repo.write('notes.txt', 'untracked\n'),
  ahead: async ({ repo }) => void (await repo.commit('Local work', { 'local.txt': 'local\n' })),
  behind: async (site) => void (await publish(site)),
  /** The remote has a commit of which the clone has not heard. */
  unfetched: async (site) => {
    const { before } = await publish(site);
    await site.repo.git('update-ref', 'refs/remotes/origin/main', before);
  },
  diverged: async (site) => {
    await publish(site);
    await site.repo.commit('Local work', { 'local.txt': 'local\n' });
  },
  /** A merge stopped at a conflict. */
  conflicted: async ({ repo }) => {
    await divide(repo);
    await stopped(repo, 'merge', 'other');
  },
  /** A rebase stopped at a conflict. */
  rebasing: async ({ repo }) => {
    await divide(repo);
    await stopped(repo, 'rebase', 'other');
  },
  detached: async ({ repo }) => void (await repo.git('checkout', '--quiet', '--detach', 'HEAD~1')),
  stash: async ({ repo }) => {
    await repo.write(CHANGED, 'put aside\n');
    await repo.git('stash', 'push', '--quiet', '--message', 'put aside');
  },
  /** A submodule `library`, at its recorded commit. */
  submodule: async ({ world, repo, remote }) => {
    const library = await createRemote(world, `${remote.dir}.parts`);
    await repo.git(
      '-c',
      'protocol.file.allow=always',
      'submodule',
      '--quiet',
      'add',
      '--',
      library.dir,
      'library',
    );
    await repo.commit('Add the library');
    await repo.git('push', '--quiet');
  },
  /** A linked worktree beside the repository, on the branch `topic`. */
  worktree: async ({ repo }) =>
    void (await repo.git('worktree', 'add', '--quiet', '-b', 'topic', '--', `${repo.dir}-topic`)),
  /** Open git-flow branches: a feature with work, and a release. */
  flow: async ({ repo }) => {
    await repo.git('branch', 'develop');
    await repo.git('checkout', '--quiet', '-b', 'release/1.1.0', 'develop');
    await repo.git('checkout', '--quiet', '-b', 'feature/login', 'develop');
    await repo.commit('Begin the login', { 'login.txt': 'login\n' });
  },
  /** The branch follows an upstream that the remote has deleted. */
  gone: async ({ repo }) => {
    await repo.git('checkout', '--quiet', '-b', 'topic');
    await repo.git('push', '--quiet', '--set-upstream', 'origin', 'topic');
    await repo.git('push', '--quiet', 'origin', '--delete', 'topic');
  },
  /** A branch that follows nothing. */
  local: async ({ repo }) => void (await repo.git('checkout', '--quiet', '-b', 'local', '--no-track')),
  /** A branch without a commit. */
  unborn: async ({ repo }) => {
    await repo.git('checkout', '--quiet', '--orphan', 'unborn');
    await repo.git('rm', '--quiet', '-r', '--force', '.');
  },
} satisfies Record<string, (site: Site) => Promise<void>>;

export type State = keyof typeof STATES;

/** Makes a remote with a history and a clone of it in the given state. */
export const createSite = async (
  world: World,
  { dir, remote: remoteDir, state = 'clean' }: { dir: string; remote: string; state?: State },
): Promise<Site> => {
  const remote = await createRemote(world, remoteDir);
  const site = { world, remote, repo: await clone(world, remote, dir) };
  await STATES[state](site);
  return site;
};

/** Gives the remote a commit on `main` that the clone's own branch lacks, as a colleague's push does. */
export const publish = async ({
  repo,
}: Pick<Site, 'repo'>): Promise<{ before: string; published: string }> => {
  const before = await repo.oid();
  const published = await repo.commit('Work of others', { 'others.txt': 'others\n' });
  await repo.git('push', '--quiet', 'origin', 'HEAD:main');
  await repo.git('reset', '--quiet', '--hard', before);
  return { before, published };
};

/** Two branches that change the same line. */
const divide = async (repo: Repo) => {
  await repo.git('checkout', '--quiet', '-b', 'other');
  await repo.commit('Theirs', { [CHANGED]: 'theirs\n' });
  await repo.switchTo('main');
  await repo.commit('Ours', { [CHANGED]: 'ours\n' });
};

const stopped = async (repo: Repo, ...args: string[]) => {
  const { code } = await repo.tryGit(...args);
  if (code === 0) throw new Error(`git ${args.join(' ')} in ${repo.dir} met no conflict.`);
};
