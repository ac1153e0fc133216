import type { FlowBranch } from '#engines/flow/types.ts';
import type { Call, Choice, Offer } from '../pane.ts';
import { deleteLines, finishLines } from './forecast.ts';
import { KINDS } from './kinds.ts';
import { flowBranchOf } from './row.ts';

const STARTS: readonly Choice[] = [
  ...KINDS.map((kind) => ({ label: kind, call: { action: `flow.${kind}.start`, input: {} } })),
  { label: 'feature with worktrees', call: { action: 'feat', input: {} } },
];

/** What flow branches can be given to; each kind has its own actions, and the keys stand in the keymap. */
export const offers: readonly Offer<FlowBranch>[] = [
  {
    id: 'flow.start',
    takes: 'none',
    call: () => (STARTS[0] as Choice).call,
    choices: () => STARTS,
  },
  onBranch('finish', {
    call: (rows) => ({ ...finishing(rows), preview: (look) => finishLines(rows, look) }),
    unable: ({ kind }) => (kind === 'support' ? 'a support branch is never merged' : undefined),
  }),
  onBranch('publish', {
    unable: ({ upstream, ahead }) =>
      upstream !== null && ahead === 0 ? 'all of it is published already' : undefined,
  }),
  onBranch('update', {}),
  onBranch('checkout', {
    unable: ({ worktree, set }) => {
      if (worktree === null) return undefined;
      return set === null ? 'it is checked out already' : `worktree set ${set} has it checked out`;
    },
  }),
  onBranch('rename', {}),
  onBranch('delete', {
    call: (rows) => ({ ...calling('delete', rows), preview: (look) => deleteLines(rows, look) }),
  }),
  { id: 'flow.sync', takes: 'none', call: () => ({ action: 'flow.sync', input: {} }) },
];

/** One flow branch, in as many repos as are marked. */
function onBranch(verb: string, own: Partial<Offer<FlowBranch>>): Offer<FlowBranch> {
  return {
    id: `flow.${verb}`,
    takes: 'many',
    call: (rows) => calling(verb, rows),
    apart: (rows) =>
      new Set(rows.map(flowBranchOf)).size > 1 ? 'they are of different flow branches' : undefined,
    ...own,
  };
}

/** What a worktree set has checked out can't be deleted before that is gone: being done with it takes both. */
function finishing(rows: readonly FlowBranch[]): Call {
  const call = calling('finish', rows);
  return rows.some(({ set, name }) => set === name) ? { ...call, action: 'done' } : call;
}

function calling(verb: string, rows: readonly FlowBranch[]): Call {
  const [first] = rows;
  return {
    action: `flow.${first?.kind ?? 'feature'}.${verb}`,
    input: { name: first?.name, repos: rows.map(({ repo }) => repo) },
  };
}
