import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import { remoteOf } from './build.ts';
import { buildSite } from './states.ts';
import { LIBRARY, STORIES, type Story } from './stories.ts';

interface Args {
  root: string;
}

export async function applyDemo({ args, target }: Application<Args>, context: Context): Promise<Applied> {
  const story = STORIES.find((one) => one.name === target.name) as Story;
  const { root } = args;
  const path = join(root, story.name);
  const remote = remoteOf(root, story.name);
  const paths = [path, remote, ...belongings(root, story)];
  // A git of the one that died may still be writing there: it comes to its end by itself.
  for (const made of paths) await rm(made, { recursive: true, force: true, maxRetries: 20, retryDelay: 10 });
  await buildSite({ context, root, story, path, remote });
  return { summary: story.state, result: { paths } };
}

/** A repo that was cut short is removed and made anew, the same to the byte. */
export async function checkDemo(): Promise<undefined> {
  return undefined;
}

/** What is made for a repo beside its clone and its remote. */
function belongings(root: string, { name, state }: Story): string[] {
  if (state === 'submodules') return [remoteOf(root, LIBRARY.name)];
  if (state === 'worktrees') return ['refunds', 'offline'].map((set) => join(root, '.worktrees', set, name));
  return [];
}
