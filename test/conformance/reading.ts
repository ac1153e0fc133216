import { expect } from 'vitest';
import { succeed } from '../scenario/succeed.ts';
import type { Portrait } from './picture.ts';
import { avh, type Tool } from './tools.ts';
import type { Twin } from './twin.ts';

/** The flow branches of a kind, as both tools tell them of the same repository, but for what git-flow leaves out. */
export const expectSameList = async (
  twin: Twin,
  kind: string,
  { leftOut = [] }: { leftOut?: string[] } = {},
): Promise<void> => {
  const [theirs, ours, matrix] = await Promise.all([
    listedByGitFlow(twin, kind),
    listedByGantry(twin, ['flow', kind, 'list']),
    listedByGantry(twin, ['flow', 'status']),
  ]);
  expect(ours.map(({ name }) => name)).toEqual([...theirs.names, ...leftOut].toSorted());
  expect(matrix.filter((branch) => branch.kind === kind)).toEqual(ours);
  expect(ours.find(({ worktree }) => worktree === twin.repo.dir)?.name).toBe(theirs.current);
};

/** The tool knows of every flow branch that is there. */
export const expectSeen = async (tool: Tool, twin: Twin, { refs }: Portrait): Promise<void> => {
  const branches = refs.flatMap((ref) => /refs\/heads\/(\w+\/.+)/.exec(ref)?.[1] ?? []);
  const seen = tool === avh ? await branchesByGitFlow(twin, branches) : await branchesByGantry(twin);
  expect(seen.toSorted()).toEqual(branches.toSorted());
};

const branchesByGantry = async (twin: Twin) => {
  const branches = await listedByGantry(twin, ['flow', 'status']);
  return branches.map(({ kind, name }) => `${kind}/${name}`);
};

const branchesByGitFlow = async (twin: Twin, branches: readonly string[]) => {
  const kinds = [...new Set(branches.map((branch) => branch.split('/')[0] as string))];
  const lists = kinds.map(async (kind) =>
    (await listedByGitFlow(twin, kind)).names.map((name) => `${kind}/${name}`),
  );
  return (await Promise.all(lists)).flat();
};

/** What a flow branch adds, as both tools print it. */
export const expectSameDiff = async ({ world, repo }: Twin, kind: string, name?: string): Promise<void> => {
  const words = ['flow', kind, 'diff', ...(name ? [name] : [])];
  const [theirs, ours] = await Promise.all([
    world.run('git', words, { cwd: repo.dir }),
    succeed(world, words, { cwd: repo.dir }),
  ]);
  expect(theirs.code).toBe(0);
  expect(ours.stdout).toContain(theirs.stdout);
};

const listedByGitFlow = async ({ world, repo }: Twin, kind: string) => {
  const { code, stdout } = await world.run('git', ['flow', kind, 'list'], { cwd: repo.dir });
  expect(code).toBe(0);
  const lines = stdout.split('\n').filter(Boolean);
  const nameOf = (line: string) => line.slice(2);
  const current = lines.find((line) => line.startsWith('* '));
  return { names: lines.map(nameOf), current: current && nameOf(current) };
};

type Branch = { kind: string; name: string; worktree: string | null };

const listedByGantry = async ({ world, dir }: Twin, words: string[]): Promise<Branch[]> => {
  const { json } = await succeed(world, [...words, '--json'], { cwd: dir });
  const { branches } = json<{ branches: Branch[] }>().data;
  return branches.map(({ kind, name, worktree }) => ({ kind, name, worktree }));
};
