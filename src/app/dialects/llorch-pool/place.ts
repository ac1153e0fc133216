import type { Here } from '#app/cli/here.ts';
import type { Caller } from '#engines/core/host.ts';
import { type Lone, loneRepo } from '#engines/workspace/lone.ts';
import type { ListedRepo } from '#engines/workspace/types.ts';
import type { Place } from '../dialect.ts';
import { dialectError } from '../errors.ts';

interface Placed {
  caller: Caller;
  place: Place & { repo: string };
}

/** The repository around the current directory: a repo of the workspace, where that lists it, else one by itself. */
export async function placed({ host, caller }: Pick<Here, 'host' | 'caller'>): Promise<Placed> {
  const { cwd } = caller;
  const lone = loneRepo(cwd);
  if (!lone) {
    throw dialectError('no-repository', `There is no git repository at ${cwd}.`, {
      next: ['cd REPOSITORY', 'git clone URL'],
    });
  }
  const listed = await nameIn({ host, caller }, lone);
  if (listed !== undefined) return { caller, place: { cwd, workspace: caller.workspace, repo: listed } };
  const { root, name, manifest } = lone;
  return { caller: { ...caller, workspace: root, manifest }, place: { cwd, workspace: root, repo: name } };
}

async function nameIn(
  { host, caller }: Pick<Here, 'host' | 'caller'>,
  { root }: Lone,
): Promise<string | undefined> {
  if (caller.workspace === undefined) return undefined;
  const outcome = await host.invoke({ action: 'workspace.list', input: {} }, caller);
  if (outcome.kind !== 'data') return undefined;
  const { repos } = outcome.data as unknown as { repos: ListedRepo[] };
  return repos.find(({ path }) => path === root)?.name;
}
