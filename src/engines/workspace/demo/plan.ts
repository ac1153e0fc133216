import { readdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import { call } from '#engines/core/operation.ts';
import type { Draft } from '#engines/core/plan.ts';
import type { Receipt } from '#engines/core/receipt.ts';
import { quote } from '#engines/core/shell.ts';
import { gitExists } from '#engines/git/facts.ts';
import { newManifest } from '../edit.ts';
import { workspaceError } from '../errors.ts';
import { MANIFESTS } from '../find.ts';
import { writeStep } from '../manifest-step.ts';
import { workspaceDemo } from '../operations.ts';
import { repoTarget } from '../targets.ts';
import { remoteOf } from './build.ts';
import { STORIES } from './stories.ts';

/** A directory that nobody has put anything into, and in it a manifest and one step per repo. */
export async function planDemo({ directory }: { directory: string }, context: Context): Promise<Draft> {
  const root = resolve(context.cwd, directory);
  await requireEmpty(root);
  const name = basename(root);
  const repos = STORIES.map((story) => ({ name: story.name, url: remoteOf(root, story.name) }));
  const manifest = writeStep(
    { kind: 'workspace', name, path: root },
    {
      file: join(root, MANIFESTS[0]),
      before: null,
      text: newManifest(name, repos),
      purpose: `list ${repos.length} repos`,
    },
  );
  const builds = STORIES.map((story) => {
    const target = repoTarget({ name: story.name, path: join(root, story.name) });
    const expects = [expect(gitExists, {}, 'absent')];
    return { id: `${story.name}/1`, target, expects, ...call(workspaceDemo, { root, state: story.state }) };
  });
  return { workspace: root, steps: [manifest, ...builds] };
}

export function concludeDemo({ steps }: Receipt): { root: string } {
  return { root: steps.find((step) => step.target.kind === 'workspace')?.target.path ?? '' };
}

async function requireEmpty(root: string): Promise<void> {
  const names = await readdir(root).catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code === 'ENOENT') return [];
    throw workspaceError('directory-not-empty', `${root} can not be used: ${thrown.message}.`, {
      cause: thrown,
    });
  });
  if (names.length === 0) return;
  throw workspaceError('directory-not-empty', `${root} is not empty.`, {
    next: [
      `gantry demo ${quote(`${basename(root)}-2`)}`,
      `gantry workspace status --workspace ${quote(root)}`,
    ],
  });
}
