import type { Context } from '#engines/core/context.ts';
import { call } from '#engines/core/operation.ts';
import type { Draft } from '#engines/core/plan.ts';
import { ask } from '#engines/git/ask.ts';
import { gitFetch } from '#engines/git/operations.ts';
import { planEach } from './choose.ts';

export function planFetch(
  { repos, prune }: { repos: string[]; prune: boolean },
  context: Context,
): Promise<Draft> {
  return planEach(context, repos, async ({ repo: { name, path }, target }, bounded) => {
    const { stdout } = await ask(bounded, { cwd: path, args: ['remote'] });
    if (stdout === '') return { settled: 'it has no remote' };
    return { steps: [{ id: `${name}/1`, target, expects: [], ...call(gitFetch, { prune }) }] };
  });
}
