import { isDeepStrictEqual } from 'node:util';
import { type Command, outputOf } from '../command.ts';
import type { Fixture } from '../fixtures/workspace.ts';

/** What both sides must agree on. */
interface Answer {
  branch: string | null;
  head: string | null;
  ahead: number;
  behind: number;
  staged: number;
  changed: number;
  untracked: number;
  conflicted: number;
  stashes: number;
}

/** Throws where Gantry and git do not say the same of every repository; only then is it worth to time them. */
export function requireSame(status: Command, { repos }: Fixture): void {
  const { data } = JSON.parse(outputOf(status)) as { data: { repos: (Answer & { name: string })[] } };
  const answers = new Map(data.repos.map((repo) => [repo.name, repo]));
  for (const { name, dir } of repos) {
    const expected = gitAnswer(dir, status);
    const told = answers.get(name);
    const answer =
      told && Object.fromEntries(Object.keys(expected).map((key) => [key, told[key as keyof Answer]]));
    if (!isDeepStrictEqual(answer, expected))
      throw new Error(`Of ${name} git says ${JSON.stringify(expected)}, gantry ${JSON.stringify(answer)}.`);
  }
}

function gitAnswer(dir: string, { env }: Command): Answer {
  const args = ['-C', dir, 'status', '--porcelain=v2', '--branch', '--show-stash'];
  const lines = outputOf({ argv: ['git', ...args], cwd: dir, env }).split('\n');
  const header = (name: string) =>
    lines.find((line) => line.startsWith(`# ${name} `))?.slice(name.length + 3);
  const [, ahead = 0, behind = 0] = /^\+(\d+) -(\d+)$/.exec(header('branch.ab') ?? '')?.map(Number) ?? [];
  const entries = lines.filter((line) => /^[12] /.test(line));
  const count = (kind: string) => lines.filter((line) => line.startsWith(`${kind} `)).length;
  return {
    branch: nullIf('(detached)', header('branch.head')),
    head: nullIf('(initial)', header('branch.oid')),
    ahead,
    behind,
    staged: entries.filter((line) => line[2] !== '.').length,
    changed: entries.filter((line) => line[3] !== '.').length,
    untracked: count('?'),
    conflicted: count('u'),
    stashes: Number(header('stash') ?? 0),
  };
}

function nullIf(nothing: string, value: string | undefined): string | null {
  return value === undefined || value === nothing ? null : value;
}
