import type { ActionCard, Completes } from '#app/registry/card.ts';
import type { Candidate, Values } from './slot.ts';

/** The first list in a query's data, as its rows; none where it gives no data. */
export type Rows = (action: string, input: unknown) => Promise<Record<string, unknown>[]>;

/** Values from the workspace, by the queries that list them. */
export function valuesFrom(rows: Rows, cards: readonly ActionCard[]): Values {
  const nothing = async (): Promise<Candidate[]> => [];
  const sources: Record<Completes, (subjects: readonly string[]) => Promise<Candidate[]>> = {
    repo: async () => (await rows('workspace.list', {})).map(({ name, url }) => candidate(name, url)),
    branch: async (repos) => {
      const branches = await Promise.all(repos.map((repo) => rows('repo.branches', { repo })));
      const names = new Map(branches.flat().map(({ name, subject }) => [name, subject]));
      return [...names].map(([name, subject]) => candidate(name, subject));
    },
    submodule: async (repos) =>
      (await rows('submodule.list', { repos })).map(({ path, url }) => candidate(path, url)),
    set: async () => {
      const sets = (await rows('worktree.list', {})).flatMap(({ set, branch }) =>
        set === null ? [] : [[set, branch] as const],
      );
      return [...new Map(sets)].map(([set, branch]) => candidate(set, branch));
    },
    feature: () => flowBranches('feature'),
    bugfix: () => flowBranches('bugfix'),
    release: () => flowBranches('release'),
    hotfix: () => flowBranches('hotfix'),
    support: () => flowBranches('support'),
    activity: async () =>
      (await rows('activity.list', { limit: 20 })).map(({ id, action }) => candidate(id, action)),
    setting: async () =>
      (await rows('config.show', {})).map(({ key, description }) => candidate(key, description)),
    value: async (keys) => {
      const settings = (await rows('config.show', {})).filter(({ key }) => keys.includes(String(key)));
      return settings.flatMap(({ allowed }) =>
        Array.isArray(allowed) ? allowed.map((one) => candidate(one)) : [],
      );
    },
    service: async () => (await rows('service.list', {})).map(({ id, about }) => candidate(id, about)),
    schedule: async () => (await rows('schedule.list', {})).map(({ id, about }) => candidate(id, about)),
    trigger: async () => (await rows('trigger.list', {})).map(({ id, about }) => candidate(id, about)),
    worker: async () => (await rows('worker.list', {})).map(({ id, model }) => candidate(id, model)),
    backend: async () =>
      (await rows('worker.backends', {})).map(({ name, program }) => candidate(name, program)),
    model: async () => (await rows('models.catalog', {})).map(({ id, name }) => candidate(id, name)),
    bundle: async () => (await rows('bundle.list', {})).map(({ id, name }) => candidate(id, name)),
    download: async () =>
      (await rows('models.downloads', {})).map(({ id, model, file }) => candidate(id, model ?? file)),
    process: async () => (await rows('process.list', {})).map(({ id, about }) => candidate(id, about)),
    action: async () => cards.map(({ id, summary }) => candidate(id, summary)),
    directory: nothing,
    file: nothing,
  };
  return (completes, subjects) => sources[completes](subjects);

  async function flowBranches(kind: string): Promise<Candidate[]> {
    const branches = await rows(`flow.${kind}.list`, {});
    return [...new Map(branches.map(({ name, subject }) => [name, subject]))].map(([name, subject]) =>
      candidate(name, subject),
    );
  }
}

/** The rows in a query's data, whatever they are called there. */
export function rowsIn(data: unknown): Record<string, unknown>[] {
  const lists = Object.values((data ?? {}) as Record<string, unknown>);
  return (lists.find(Array.isArray) as Record<string, unknown>[] | undefined) ?? [];
}

function candidate(word: unknown, description: unknown = ''): Candidate {
  return { word: String(word), description: typeof description === 'string' ? description : '' };
}
