import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import { store } from '#engines/store/store.ts';
import { immediately } from '#engines/store/transaction.ts';
import { leaseClaim } from './facts.ts';
import { heldByAnother } from './guard.ts';
import { holderOf } from './holder.ts';
import type { Place } from './named.ts';
import { type KeptLease, leaseAt, SHOWN_AFTER_END } from './read.ts';
import { claimText, liveAt, NO_CLAIM } from './state.ts';

interface Terms {
  note: string | null;
  seconds: number;
}

type TakeArgs = Place & Terms & { holder: string | null; before: Terms | null };
type ReleaseArgs = Place & Terms & { holder: string };

/** Of two who take it at once the later one is refused: looking and writing are one transaction. */
export async function applyTake({ args }: Application<TakeArgs>, context: Context): Promise<Applied> {
  const opened = context.use(store);
  const now = context.now();
  const holder = args.holder ?? holderOf(context);
  immediately(opened.database, () => {
    const found = leaseAt(opened, args.path, now);
    if (found?.live && found.holder !== holder) throw heldByAnother(found);
    const takenAt = found?.live ? found.takenAt : now;
    opened.database.prepare('DELETE FROM leases WHERE beat_at + lasts <= ?').run(now - SHOWN_AFTER_END);
    opened.database
      .prepare(
        `INSERT OR REPLACE INTO leases
         (path, workspace, repo, worktree_set, holder, note, lasts, taken_at, beat_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        args.path,
        args.workspace,
        args.repo,
        args.set,
        holder,
        args.note,
        args.seconds * 1000,
        takenAt,
        now,
      );
  });
  return taken(args, holder);
}

export async function checkTake(
  { args }: Application<TakeArgs>,
  context: Context,
): Promise<Applied | undefined> {
  const holder = args.holder ?? holderOf(context);
  const found = liveAt(context, args.path);
  return found && claimText(found) === claimText({ ...args, holder }) ? taken(args, holder) : undefined;
}

export async function applyRelease({ args }: Application<ReleaseArgs>, context: Context): Promise<Applied> {
  return letGo(args, context, (found) => {
    if (found.live && found.holder !== holderOf(context)) throw heldByAnother(found);
  });
}

export async function applyRevoke({ args }: Application<ReleaseArgs>, context: Context): Promise<Applied> {
  return letGo(args, context);
}

/** Whoever has taken it since keeps it. */
function letGo(args: ReleaseArgs, context: Context, guard?: (found: KeptLease) => void): Applied {
  const opened = context.use(store);
  immediately(opened.database, () => {
    const found = leaseAt(opened, args.path, context.now());
    if (found?.holder !== args.holder) return;
    guard?.(found);
    opened.database.prepare('DELETE FROM leases WHERE path = ?').run(args.path);
  });
  return released(args);
}

export async function checkRelease(
  { args }: Application<ReleaseArgs>,
  context: Context,
): Promise<Applied | undefined> {
  return leaseAt(context.use(store), args.path, context.now())?.holder === args.holder
    ? undefined
    : released(args);
}

function taken({ path, before, ...terms }: TakeArgs, holder: string): Applied {
  return {
    summary: `${before ? 'renewed' : 'taken'} by ${holder}`,
    result: { holder },
    leaves: [expect(leaseClaim, { path }, claimText({ ...terms, holder }))],
  };
}

function released({ path, holder }: ReleaseArgs): Applied {
  return { summary: `${holder} let go`, leaves: [expect(leaseClaim, { path }, NO_CLAIM)] };
}
