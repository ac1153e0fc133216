import type { Context } from '#engines/core/context.ts';
import { quote } from '#engines/core/shell.ts';
import { requireNothingInTheWay } from '#engines/repo/in-the-way.ts';
import { requireIdle } from './check.ts';
import type { FlowState } from './state.ts';

/** Refuses where git would not switch home to a branch or commit, because of what is in no commit there. */
export async function requireSwitchable(context: Context, state: FlowState, to: string): Promise<void> {
  const { repo, branches, home } = state;
  requireIdle(home.target);
  const oid = branches.get(to)?.oid ?? to;
  const head = home.branch === null ? home.head : branches.get(home.branch)?.oid;
  if (oid === head) return;
  await requireNothingInTheWay(context, {
    name: repo.name,
    path: home.target.path as string,
    to: oid,
    next: [`gantry repo stash --untracked --repos ${quote(repo.name)}`],
  });
}
