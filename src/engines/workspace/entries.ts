import { resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Context } from '#engines/core/context.ts';
import type { GantryError } from '#engines/core/errors.ts';
import { expect } from '#engines/core/fact.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import { alone } from './alone.ts';
import { addRepos, dropRepo } from './edit.ts';
import { workspaceError } from './errors.ts';
import { workspaceEntries } from './facts.ts';
import { workspaceOf } from './manifest.ts';
import { namesIn } from './names.ts';
import { rootOf, textOrAbsent } from './read.ts';
import { parseToml } from './toml.ts';
import type { Workspace } from './types.ts';
import { absoluteUrl } from './url.ts';
import { putManifest } from './write.ts';

/** A repo as the manifest has it, with the file's own names: `name`, `url`, `path`, `default_branch`. */
export type Entry = { name: string; [key: string]: string };

export type Entries = {
  file: string;
  entries: Entry[];
};

type Standing = 'absent' | 'listed' | 'extended' | 'taken';

export async function readEntriesFact({ file, entries }: Entries): Promise<Standing> {
  const workspace = await workspaceAt(file);
  const standings = new Set(entries.map((entry) => standingOf(entry, workspace)));
  return (['taken', 'absent', 'extended'] as const).find((one) => standings.has(one)) ?? 'listed';
}

/** How a workspace stands to one repo that is to be in it. */
export function standingOf(
  entry: Entry,
  { repos, base, text }: Pick<Workspace, 'repos' | 'base' | 'text'>,
): Standing {
  const place = resolve(base, entry.path ?? entry.name);
  const rival = repos.find(({ name }) => name === entry.name) ?? repos.find(({ path }) => path === place);
  if (!rival) return 'absent';
  const url = entry.url === undefined ? undefined : absoluteUrl(entry.url, base);
  if (rival.name !== entry.name || rival.path !== place || rival.url !== url) return 'taken';
  const written = (parseToml(text).repos as object[])[repos.indexOf(rival)];
  return isDeepStrictEqual({ ...written }, { ...entry }) ? 'listed' : 'extended';
}

/** Adds those that are missing to the manifest as it is by now. */
export async function applyAdd(application: Application<Entries>, context: Context): Promise<Applied> {
  const { file, entries } = application.args;
  await alone(application, context, async () => {
    const workspace = await workspaceAt(file);
    const standings = entries.map((entry) => standingOf(entry, workspace));
    if (standings.includes('taken')) throw overtaken(entries);
    const missing = entries.filter((_, index) => standings[index] === 'absent');
    await putManifest(file, addRepos(workspace.text, missing));
  });
  return added(application.args);
}

export async function checkAdd({ args }: Application<Entries>): Promise<Applied | undefined> {
  return (await readEntriesFact(args)) === 'listed' ? added(args) : undefined;
}

/** Takes them off the manifest as it is by now. */
export async function applyDrop(application: Application<Entries>, context: Context): Promise<Applied> {
  const { file, entries } = application.args;
  await alone(application, context, async () => {
    let workspace = await workspaceAt(file);
    for (const { name } of entries) {
      const index = workspace.repos.findIndex((repo) => repo.name === name);
      if (index !== -1) workspace = await workspaceAt(file, dropRepo(workspace.text, index));
    }
    await putManifest(file, workspace.text);
  });
  return dropped(application.args);
}

export async function checkDrop({ args }: Application<Entries>): Promise<Applied | undefined> {
  return (await readEntriesFact(args)) === 'absent' ? dropped(args) : undefined;
}

/** Two wanted the same at once, and this is the second. */
export function overtaken(entries: readonly Entry[]): GantryError {
  const names = namesIn(entries);
  return workspaceError('repo-exists', `Meanwhile another repo was given a name or a place of ${names}.`, {
    next: ['gantry workspace list'],
  });
}

async function workspaceAt(file: string, known?: string): Promise<Workspace> {
  const text = known ?? (await textOrAbsent(file));
  if (text !== null) return workspaceOf({ text, file, root: rootOf(file) });
  throw workspaceError('manifest-changed', `${file} is gone.`, { next: ['gantry workspace init'] });
}

function added({ file, entries }: Entries): Applied {
  return {
    summary: `added ${namesIn(entries)}`,
    leaves: [expect(workspaceEntries, { file, entries }, 'listed')],
  };
}

function dropped({ file, entries }: Entries): Applied {
  return {
    summary: `took off ${namesIn(entries)}`,
    leaves: [expect(workspaceEntries, { file, entries }, 'absent')],
  };
}
