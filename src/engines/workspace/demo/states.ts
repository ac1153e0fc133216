import { join } from 'node:path';
import {
  clone,
  commitHere,
  commitThere,
  commitTo,
  gitIn,
  LOCAL_SUBMODULES,
  publish,
  remoteOf,
  type Site,
  tipOf,
  write,
} from './build.ts';
import type { Commit } from './history.ts';
import { LIBRARY, type State } from './stories.ts';

/** How a fresh clone comes to the state that it shows. */
export const STATES: Record<State, (site: Site) => Promise<void>> = {
  clean: async () => {},

  dirty: async (site) => {
    await write(site, 'src/port.ts', "export const LAST_PORT = 'port';\n");
    await gitIn(site, ['stash', 'push', '--quiet', '--message', 'shorter key for the last port']);
    await write(site, 'src/button.css', '.button {\n  min-height: 48px;\n}\n');
    await write(site, 'src/sailings.ts', 'export const sailingsOf = (day: string) => list(day);\n');
    await gitIn(site, ['add', '--', 'src/sailings.ts']);
    await write(site, 'notes.md', '# To do\n\n- ask Mei about the touch targets\n');
  },

  ahead: commitHere,
  behind: commitThere,

  diverged: async (site) => {
    await commitHere(site);
    await commitThere(site);
  },

  conflicted: async (site) => {
    await commitHere(site);
    await commitThere(site);
    await gitIn(site, ['merge', '--quiet', '--no-edit', 'origin/main'], { answers: [1] });
  },

  submodules: async (site) => {
    await gitIn(site, ['submodule', '--quiet', 'update', '--init'], { env: LOCAL_SUBMODULES });
    await gitIn(site, ['checkout', '--quiet', '--detach', 'HEAD^'], { cwd: join(site.path, 'proto') });
  },

  worktrees: async (site) => {
    for (const name of ['refunds', 'offline']) {
      const place = join(site.root, '.worktrees', name, site.story.name);
      await gitIn(site, [
        'worktree',
        'add',
        '--quiet',
        '-B',
        `feature/${name}`,
        place,
        `origin/feature/${name}`,
      ]);
    }
    await gitIn(site, ['branch', '--quiet', '--track', 'release/2.1.0', 'origin/release/2.1.0']);
    await gitIn(site, ['branch', '--quiet', '--track', 'develop', 'origin/develop']);
  },
};

/** Makes the remote, the clone and its state. */
export async function buildSite(site: Site): Promise<void> {
  const { context, story, remote } = site;
  await publish(context, remote, story.published);
  if (story.state === 'submodules') await publishLibrary(site);
  await clone(site);
  await STATES[story.state](site);
}

/** The library beside its user, which gets one more commit that records it at two places. */
async function publishLibrary({ context, root, story, remote }: Site): Promise<void> {
  const library = remoteOf(root, LIBRARY.name);
  await publish(context, library, LIBRARY.published);
  const [newest, oldest] = [await tipOf(context, library, 'main'), await tipOf(context, library, 'main^')];
  const paths = { proto: newest, 'legacy/proto': oldest };
  const commit: Commit = {
    ref: 'refs/heads/main',
    from: 'refs/heads/main^0',
    author: 'tomas',
    message: 'feat: share the messages of all services',
    files: { '.gitmodules': Object.keys(paths).map(submodule).join('') },
    links: paths,
  };
  await commitTo(context, remote, [commit], story.published.length);
}

function submodule(path: string): string {
  return `[submodule "${path}"]\n\tpath = ${path}\n\turl = ../${LIBRARY.name}.git\n`;
}
