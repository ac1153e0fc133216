import type { Actor } from '#engines/core/actor.ts';
import type { Failure } from '#engines/core/errors.ts';
import type { Args, Call, Plan, Step } from '#engines/core/plan.ts';
import type { ReceiptStatus, StepReceipt } from '#engines/core/receipt.ts';
import { isAlive, type ProcessIdentity } from '#engines/store/process.ts';
import type { Store } from '#engines/store/store.ts';
import { immediately } from '#engines/store/transaction.ts';

/** What is written before anything is done. */
export interface Beginning {
  plan: Plan;
  actor: Actor;
  process: ProcessIdentity;
  at: number;
}

/** Keeps a plan that somebody has been shown, so that its hash can be approved, and any process can show it. */
export function keepPlan({ database }: Store, plan: Plan, shownTo: string, at: number): void {
  database
    .prepare(
      `INSERT INTO plans (hash, plan, shown_at, shown_to) VALUES (?, ?, ?, ?)
       ON CONFLICT (hash) DO UPDATE SET shown_at = excluded.shown_at`,
    )
    .run(plan.hash, JSON.stringify(plan), at, shownTo);
}

/** Opens an activity and returns its id. */
export function begin({ database }: Store, { plan, actor, process, at }: Beginning): string {
  const { lastInsertRowid } = database
    .prepare(
      `INSERT INTO activities (action, input, workspace, actor, process, plan, status, undoes, started_at)
       VALUES (?, ?, ?, ?, ?, ?, 'running', ?, ?)`,
    )
    .run(
      plan.action,
      JSON.stringify(plan.input),
      plan.workspace ?? null,
      JSON.stringify(actor),
      process,
      plan.hash,
      plan.undoes === undefined ? null : Number(plan.undoes),
      at,
    );
  return String(lastInsertRowid);
}

/** Takes over an activity whose process died, or that was cancelled; false where another process has done so. */
export function reopen({ database }: Store, activity: string, process: ProcessIdentity): boolean {
  return immediately(database, () => {
    const row = database.prepare('SELECT status, process FROM activities WHERE id = ?').get(Number(activity));
    if (!row || !isBrokenOff(row)) return false;
    database
      .prepare(
        "UPDATE activities SET status = 'running', process = ?, ended_at = NULL, failure = NULL WHERE id = ?",
      )
      .run(process, Number(activity));
    return true;
  });
}

function isBrokenOff({ status, process }: Record<string, unknown>): boolean {
  return status === 'cancelled' || (status === 'running' && !isAlive(String(process)));
}

interface Intent {
  activity: string;
  step: Step;
  call: Call;
  commands: string[][];
  at: number;
}

/** Says what is about to be done; a step with an intent and no receipt is `unknown` after a crash. */
export function intend({ database }: Store, { activity, step, call, commands, at }: Intent): void {
  database
    .prepare(
      `INSERT INTO steps (activity, step, op, args, commands, intent_at) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET op = excluded.op, args = excluded.args, commands = excluded.commands,
         intent_at = excluded.intent_at, receipt = NULL`,
    )
    .run(Number(activity), step.id, call.op, JSON.stringify(call.args), JSON.stringify(commands), at);
}

/** Says what came of a step, whether or not it was begun. */
export function record({ database }: Store, activity: string, receipt: StepReceipt): void {
  database
    .prepare(
      `INSERT INTO steps (activity, step, commands, intent_at, receipt) VALUES (?, ?, '[]', ?, ?)
       ON CONFLICT DO UPDATE SET receipt = excluded.receipt`,
    )
    .run(Number(activity), receipt.step, receipt.startedAt, JSON.stringify(receipt));
}

/** Closes an activity. */
export function end(
  { database }: Store,
  activity: string,
  { status, failure, at }: { status: ReceiptStatus; failure?: Failure; at: number },
): void {
  database
    .prepare('UPDATE activities SET status = ?, failure = ?, ended_at = ? WHERE id = ?')
    .run(status, failure ? JSON.stringify(failure) : null, at, Number(activity));
}

/** Marks what an undo took back; undoing an undo makes the first one undoable again. */
export function markUndone({ database }: Store, activity: string, by: string): void {
  const mark = database.prepare('UPDATE activities SET undone_by = ? WHERE id = ?');
  mark.run(Number(by), Number(activity));
  const first = database.prepare('SELECT undoes FROM activities WHERE id = ?').get(Number(activity))
    ?.undoes as number | null;
  if (first !== null && first !== undefined) mark.run(null, first);
}

export interface JournalledStep {
  step: string;
  op: string | null;
  args: Args;
  commands: string[][];
  receipt: StepReceipt | null;
  intentAt: number;
}

/** The steps of an activity in the order in which they were begun. */
export function journalOf({ database }: Store, activity: string): JournalledStep[] {
  return database
    .prepare(
      'SELECT step, op, args, commands, receipt, intent_at FROM steps WHERE activity = ? ORDER BY rowid',
    )
    .all(Number(activity))
    .map((row) => ({
      step: String(row.step),
      op: row.op === null ? null : String(row.op),
      args: row.args === null ? {} : JSON.parse(String(row.args)),
      commands: JSON.parse(String(row.commands)),
      receipt: row.receipt === null ? null : JSON.parse(String(row.receipt)),
      intentAt: Number(row.intent_at),
    }));
}

/** A plan by its hash, or by a beginning of it that is unique and too long to be hit by chance. */
export function planOf({ database }: Store, hash: string): Plan | undefined {
  if (!/^[0-9a-f]{12,64}$/.test(hash)) return undefined;
  const rows = database
    .prepare('SELECT plan FROM plans WHERE substr(hash, 1, ?) = ? LIMIT 2')
    .all(hash.length, hash);
  return rows.length === 1 ? (JSON.parse(String(rows[0]?.plan)) as Plan) : undefined;
}

/** The newest activity that began to apply the plan with this hash and was cancelled, or whose process died. */
export function brokenOff({ database }: Store, hash: string): string | undefined {
  const row = database
    .prepare('SELECT id, status, process FROM activities WHERE plan = ? ORDER BY id DESC LIMIT 1')
    .get(hash);
  return row && isBrokenOff(row) ? String(row.id) : undefined;
}

/** The activities that took back an activity, or tried to. */
export function undosOf({ database }: Store, activity: string): string[] {
  const rows = database.prepare('SELECT id FROM activities WHERE undoes = ?').all(Number(activity));
  return rows.map(({ id }) => String(id));
}
