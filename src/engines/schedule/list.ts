import type { Context } from '#engines/core/context.ts';
import { store } from '#engines/store/store.ts';
import { parseCron } from './cron/parse.ts';
import { localText, zoneOf } from './cron/zone.ts';
import { schedulesNamed } from './named.ts';
import { comingMoments, type RunRow, runRow, type ScheduleRow, scheduleRows } from './rows.ts';
import { endedRuns, openRuns } from './runs.ts';

export async function readList(
  { names }: { names: string[] },
  context: Context,
): Promise<{ schedules: ScheduleRow[] }> {
  return { schedules: scheduleRows(schedulesNamed(context, names), context) };
}

/** Also of a schedule that is there no longer. */
export async function readHistory(
  { name, limit }: { name: string; limit: number },
  context: Context,
): Promise<{ runs: RunRow[] }> {
  const opened = context.use(store);
  const open = openRuns(opened).filter(({ schedule }) => schedule === name);
  const ended = endedRuns(opened, name, limit);
  if (open.length + ended.length === 0) schedulesNamed(context, [name]);
  return { runs: [...open.toReversed(), ...ended].slice(0, limit).map(runRow) };
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
