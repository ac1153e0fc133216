import type { Context } from '#engines/core/context.ts';
import { jobsNamed } from '#engines/job/noun.ts';
import { lastRuns } from '#engines/job/runs.ts';
import { store } from '#engines/store/store.ts';
import { parseCron } from './cron/parse.ts';
import { localText, zoneOf } from './cron/zone.ts';
import { SCHEDULE } from './noun.ts';
import { comingMoments, type RunRow, runRow, type ScheduleRow, scheduleRows } from './rows.ts';

export async function readList(
  { names }: { names: string[] },
  context: Context,
): Promise<{ schedules: ScheduleRow[] }> {
  return { schedules: scheduleRows(jobsNamed(SCHEDULE, names, context), context) };
}

/** Also of a schedule that is there no longer. */
export async function readHistory(
  { name, limit }: { name: string; limit: number },
  context: Context,
): Promise<{ runs: RunRow[] }> {
  const runs = lastRuns(context.use(store), { kind: 'schedule', name }, limit);
  if (runs.length === 0) jobsNamed(SCHEDULE, [name], context);
  return { runs: runs.map(runRow) };
}

export interface NextInput {
  cron: string;
  zone?: string;
  count: number;
}

export async function readNext({ cron, zone: named, count }: NextInput, context: Context) {
  const zone = zoneOf(named);
  const { expression } = parseCron(cron, zone);
  const moments = comingMoments({ cron: expression, zone, count }, context.now());
  return { cron: expression, zone, moments: moments.map((at) => ({ at, local: localText(at, zone) })) };
}
