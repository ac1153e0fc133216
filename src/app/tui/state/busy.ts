import type { Activity } from '#engines/activity/types.ts';
import type { State } from './state.ts';
import { paneState } from './world.ts';

/** What is being done with targets now, by their names: here, from another terminal, by an agent. */
export function busyRows(state: State): ReadonlyMap<string, string> {
  const busy = new Map<string, string>();
  for (const row of paneState(state, 'activity').rows.values()) {
    const { status, targets, action, id } = row as Activity;
    if (status !== 'running' || state.jobs.some(({ activity }) => activity === id)) continue;
    for (const target of targets) busy.set(target, action.split('.').at(-1) ?? action);
  }
  for (const { targets, activity } of state.jobs) {
    // Before it is approved a plan does nothing to anybody.
    if (activity === undefined) continue;
    for (const [target, doing] of Object.entries(targets)) {
      if (doing !== '') busy.set(target, doing);
    }
  }
  return busy;
}
