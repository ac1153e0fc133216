import { admit } from '#engines/job/admit.ts';
import type { Store } from '#engines/store/store.ts';
import { immediately } from '#engines/store/transaction.ts';
import { AT_BOOT, type Moments } from '../cron/moments.ts';
import type { Definition } from '../definition.ts';
import { type Progress, type Schedule, schedules } from '../records.ts';
import { dueAt, ON_TIME } from './due.ts';

interface Deciding {
  now: number;
  boot: string;
  momentsOf(definition: Definition): Moments;
}

/** What a schedule has to run for, and how far it has come then. */
interface Decided {
  run: number[];
  progress: Progress;
}

/** Puts every run on record whose time has come, and with it that its moment is done with: both or neither. */
export function decideAll(opened: Store, deciding: Deciding): void {
  for (const { definition } of schedules.all(opened).filter((one) => decided(one, deciding))) {
    immediately(opened.database, () => {
      const schedule = schedules.find(opened, definition.name);
      const due = schedule && decided(schedule, deciding);
      if (due) write(opened, schedule, { ...due, now: deciding.now });
    });
  }
}

function decided(
  { definition, paused, progress }: Schedule,
  { now, boot, momentsOf }: Deciding,
): Decided | undefined {
  if (paused) return undefined;
  if (definition.cron === AT_BOOT) {
    return progress.boot === boot ? undefined : { run: [now], progress: { ...progress, boot } };
  }
  const due = dueAt(definition, { moments: momentsOf(definition), stretches: progress.decided, now });
  if (!due) return undefined;
  const passed = due.missed === undefined ? progress.passed : { moment: due.missed, why: 'nobody was there' };
  return { run: due.run, progress: { ...progress, decided: due.stretches, passed } };
}

function write(opened: Store, schedule: Schedule, { run, progress, now }: Decided & { now: number }): void {
  let { passed } = progress;
  for (const moment of run) {
    const { definition } = schedule;
    const late = now - moment > ON_TIME;
    const waitsItsTurn = late && definition.catchUp === 'all';
    const owner = { kind: 'schedule', name: definition.name } as const;
    const admitted = admit(opened, owner, { definition, moment, late, now, waitsItsTurn });
    if ('why' in admitted) passed = { moment, why: admitted.why };
  }
  schedules.write(opened, { ...schedule, progress: { ...progress, passed } });
}
