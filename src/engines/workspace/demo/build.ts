import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { type GitCall, git } from '#engines/git/run.ts';
import { type Commit, importStream } from './history.ts';
import type { Story } from './stories.ts';

/** One repo of the demo while it is made. */
export interface Site {
  context: Context;
  /** Root of the demo workspace. */
  root: string;
  story: Story;
  /** Where it is cloned to. */
  path: string;
  remote: string;
}

/** The person's own settings, hooks and templates stay out of the demo, so that it is the same everywhere. */
const SETTINGS = {
  'gc.auto': '0',
  'maintenance.auto': 'false',
  'advice.mergeConflict': 'false',
};

const ENVIRONMENT: Record<string, string> = {
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_TEMPLATE_DIR: '',
  ...identity('AUTHOR'),
  ...identity('COMMITTER'),
  ...configuration(SETTINGS),
};

export function remoteOf(root: string, name: string): string {
  return join(root, '.remotes', `${name}.git`);
}

/** Makes the bare remote. */
export async function publish(context: Context, remote: string, commits: readonly Commit[]): Promise<void> {
  await mkdir(remote, { recursive: true });
  await run(context, remote, ['init', '--quiet', '--bare', '--initial-branch=main']);
  await commitTo(context, remote, commits);
}

/** Writes commits straight into a repository; `at` is how many it has already, which their dates go by. */
export async function commitTo(
  context: Context,
  repository: string,
  commits: readonly Commit[],
  at = 0,
): Promise<void> {
  const args = ['fast-import', '--quiet', '--force'];
  await call(context, { cwd: repository, args, input: importStream(commits, at), env: ENVIRONMENT });
}

/** Makes the clone as it was when its story began. */
export async function clone({ context, root, story, path, remote }: Site): Promise<void> {
  await run(context, root, ['clone', '--quiet', '--origin=origin', '--', remote, path], story.name);
}

/** Commits here, and the working tree follows. */
export async function commitHere({ context, story, path }: Site): Promise<void> {
  await commitTo(context, path, story.here ?? [], story.published.length);
  await run(context, path, ['reset', '--quiet', '--hard'], story.name);
}

/** Commits of others, pushed and fetched. */
export async function commitThere({ context, story, path, remote }: Site): Promise<void> {
  await commitTo(context, remote, story.there ?? [], story.published.length);
  await run(context, path, ['fetch', '--quiet', 'origin'], story.name);
}

export async function write(site: Site, file: string, text: string): Promise<void> {
  const path = join(site.path, file);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

export function gitIn(
  { context, path, story }: Site,
  args: string[],
  rest: Pick<GitCall, 'answers'> & { cwd?: string; env?: Record<string, string> } = {},
): Promise<string> {
  const { cwd = path, env = {}, answers } = rest;
  return call(context, { cwd, args, target: story.name, answers, env: { ...ENVIRONMENT, ...env } });
}

/** Lets git take submodules from a local path, in the calls that are given it and nowhere else. */
export const LOCAL_SUBMODULES = configuration({ ...SETTINGS, 'protocol.file.allow': 'always' });

export async function tipOf(context: Context, repository: string, ref: string): Promise<string> {
  return (await run(context, repository, ['rev-parse', '--verify', ref])).trim();
}

function run(context: Context, cwd: string, args: string[], target?: string): Promise<string> {
  return call(context, { cwd, args, target, env: ENVIRONMENT });
}

async function call(context: Context, given: Omit<GitCall, 'mode'>): Promise<string> {
  return (await git(context, { ...given, mode: 'write' })).stdout;
}

function identity(role: 'AUTHOR' | 'COMMITTER'): Record<string, string> {
  return {
    [`GIT_${role}_NAME`]: 'Ada Lindqvist',
    [`GIT_${role}_EMAIL`]: 'ada@tidewater.example',
    [`GIT_${role}_DATE`]: '2026-09-21T09:00:00Z',
  };
}

function configuration(values: Record<string, string>): Record<string, string> {
  const entries = Object.entries(values).flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key],
    [`GIT_CONFIG_VALUE_${index}`, value],
  ]);
  return { GIT_CONFIG_COUNT: String(Object.keys(values).length), ...Object.fromEntries(entries) };
}
