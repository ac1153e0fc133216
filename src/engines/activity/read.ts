import type { Context } from '#engines/core/context.ts';
import type { Plan } from '#engines/core/plan.ts';
import { isAlive } from '#engines/store/process.ts';
import { type Store, store } from '#engines/store/store.ts';
import { activityError } from './errors.ts';
import { type JournalledStep, journalOf, planOf } from './journal.ts';
import { summarise, undoable } from './summary.ts';
import type { Activity, JournalStep } from './types.ts';

const COLUMNS = `id, action, input, workspace, actor, process, plan, status, failure, undoes, undone_by, started_at, ended_at`;

interface ListInput {
  workspace?: string;
  limit: number;
  /** Only those that began before the one with this id. */
  before?: string;
}

/** Newest first. */
export function listActivities(opened: Store, { workspace, limit, before }: ListInput): Activity[] {
  const values = {
    limit,
    ...(workspace === undefined ? {} : { workspace }),
    ...(before === undefined ? {} : { before: Number(before) }),
  };
  const conditions = [
    'TRUE',
    ...('workspace' in values ? ['workspace = :workspace'] : []),
    ...('before' in values ? ['id < :before'] : []),
  ];
  return opened.database
    .prepare(
      `SELECT ${COLUMNS} FROM activities WHERE ${conditions.join(' AND ')} ORDER BY id DESC LIMIT :limit`,
    )
    .all(values)
    .map((row) => activityOf(opened, row));
}

const PAGE = 50;

/** All of them, newest first, read as far as they are looked at. */
export function* eachActivity(opened: Store, workspace?: string): Generator<Activity> {
  for (let before: string | undefined; ; ) {
    const page = listActivities(opened, { workspace, limit: PAGE, before });
    yield* page;
    before = page.at(-1)?.id;
    if (before === undefined) return;
  }
}

/** Oldest first, from `id` on, and those of `running` whatever their id. */
export function activitiesSince(opened: Store, id: number, running: readonly string[]): Activity[] {
  return opened.database
    .prepare(
      `SELECT ${COLUMNS} FROM activities WHERE id > ? OR id IN (SELECT value FROM json_each(?)) ORDER BY id`,
    )
    .all(id, JSON.stringify(running.map(Number)))
    .map((row) => activityOf(opened, row));
}

export function findActivity(opened: Store, id: string): Activity | undefined {
  if (!/^\d+$/.test(id)) return undefined;
  const row = opened.database.prepare(`SELECT ${COLUMNS} FROM activities WHERE id = ?`).get(Number(id));
  return row && activityOf(opened, row);
}

/** The activity with this id, or the failure that names the newest ones. */
export function requireActivity(opened: Store, id: string): Activity {
  const found = findActivity(opened, id);
  if (found) return found;
  throw activityError('activity-unknown', `There is no activity ${id}.`, { next: ['gantry activity list'] });
}

export async function readList(
  { limit, all }: { limit: number; all: boolean },
  context: Context,
): Promise<{ activities: Activity[] }> {
  const workspace = all ? undefined : context.workspace;
  return { activities: listActivities(context.use(store), { workspace, limit }) };
}

/** An activity with its steps, or, for the hash of a plan that nobody applied, the plan alone. */
export async function readShow(
  { id }: { id: string },
  context: Context,
): Promise<{ activity: Activity | null; steps: JournalStep[]; plan: Plan | null }> {
  const opened = context.use(store);
  const activity = findActivity(opened, id);
  const plan = planOf(opened, activity?.plan ?? id) ?? null;
  if (!activity && !plan) {
    throw activityError('activity-unknown', `There is no activity or plan ${id}.`, {
      next: ['gantry activity list'],
    });
  }
  return { activity: activity ?? null, steps: activity ? stepsOf(opened, activity, plan) : [], plan };
}

/** The journal of an activity as people see it. */
export function stepsOf(opened: Store, activity: Activity, plan: Plan | null): JournalStep[] {
  const targets = new Map(plan?.steps.map((step) => [step.id, step.target]));
  return journalOf(opened, activity.id).map((step) => ({
    step: step.step,
    target: step.receipt?.target ?? targets.get(step.step) ?? { kind: 'workspace', name: '?' },
    op: step.op,
    status: step.receipt?.status ?? (activity.status === 'running' ? 'running' : 'unknown'),
    summary: step.receipt?.summary ?? '',
    commands: step.commands,
    duration: step.receipt?.duration ?? null,
    failure: step.receipt?.failure ?? null,
  }));
}

function activityOf(opened: Store, row: Record<string, unknown>): Activity {
  const id = String(row.id);
  const actor = JSON.parse(String(row.actor));
  const status = row.status === 'running' && !isAlive(String(row.process)) ? 'interrupted' : row.status;
  const steps = journalOf(opened, id);
  const text = (value: unknown) => (value === null ? null : String(value));
  return {
    id,
    action: String(row.action),
    status: status as Activity['status'],
    summary: summarise(steps),
    who: `${actor.name} (${actor.kind}, ${actor.surface})`,
    startedAt: Number(row.started_at),
    duration: row.ended_at === null ? null : Number(row.ended_at) - Number(row.started_at),
    workspace: text(row.workspace),
    actor,
    input: JSON.parse(String(row.input)),
    plan: text(row.plan),
    targets: targetsOf(steps),
    undoable: status !== 'running' && row.undone_by === null && undoable(steps),
    undoes: text(row.undoes),
    undoneBy: text(row.undone_by),
    failure: row.failure === null ? null : JSON.parse(String(row.failure)),
  };
}

function targetsOf(steps: JournalledStep[]): string[] {
  return [...new Set(steps.flatMap((step) => step.receipt?.target.name ?? step.step.split('/')[0] ?? []))];
}
