import { openHost } from '#app/invoke/host.ts';
import { ACTIONS } from '#app/registry/actions.ts';
import type { Caller } from '#engines/core/host.ts';
import { pathsFrom } from '#engines/core/paths.ts';
import { shellCaller } from '../caller.ts';
import { globalsFrom } from '../globals.ts';
import type { Candidate, Values } from './candidates.ts';

type Ask = (action: string, input: unknown) => Promise<Record<string, unknown>[]>;

/** Values from the workspace around the shell; whatever can't be read completes to nothing. */
export const workspaceValues: Values = async (completes, typed) => {
  if (completes === 'action') return ACTIONS.map(({ id, summary }) => ({ word: id, description: summary }));
  const host = openHost({ env: process.env, paths: pathsFrom(process.env), now: Date.now });
  try {
    const globals = globalsFrom({ headless: true }, process.env);
    const signal = new AbortController().signal;
    const caller = shellCaller({
      globals,
      cwd: process.cwd(),
      interactive: false,
      signal,
      report: () => {},
    });
    return await SOURCES[completes](asking(host.invoke, caller), typed);
  } finally {
    await host.close();
  }
};

const nothing = async (): Promise<Candidate[]> => [];

const SOURCES: Record<Parameters<Values>[0], (ask: Ask, typed: readonly string[]) => Promise<Candidate[]>> = {
  repo: async (ask) => (await ask('workspace.list', {})).map(({ name, url }) => candidate(name, url)),
  branch: async (ask, typed) => {
    const repos = typed.filter((word) => !word.startsWith('-'));
    const branches = await Promise.all(repos.map((repo) => ask('repo.branches', { repo })));
    const names = new Map(branches.flat().map(({ name, subject }) => [name, subject]));
    return [...names].map(([name, subject]) => candidate(name, subject));
  },
  activity: async (ask) =>
    (await ask('activity.list', { limit: 20 })).map(({ id, action }) => candidate(id, action)),
  setting: async (ask) =>
    (await ask('config.show', {})).map(({ key, description }) => candidate(key, description)),
  action: nothing,
  directory: nothing,
  file: nothing,
};

function asking(invoke: ReturnType<typeof openHost>['invoke'], caller: Caller): Ask {
  return async (action, input) => {
    const outcome = await invoke({ action, input }, caller);
    const data = outcome.kind === 'data' ? (outcome.data as Record<string, Record<string, unknown>[]>) : {};
    return Object.values(data).find(Array.isArray) ?? [];
  };
}

function candidate(word: unknown, description: unknown = ''): Candidate {
  return { word: String(word), description: typeof description === 'string' ? description : '' };
}
