import { isProcessOf } from '#engines/job/firing.ts';
import type { Event } from '#engines/job/runs.ts';
import { LOOP } from '#engines/process/restart.ts';
import type { ProcessSpec } from '#engines/process/spec.ts';
import { exitWords, type Status } from '#engines/process/status.ts';
import type { Definition, DefinitionOf, ProcessPhase } from '../definition.ts';
import { eventOf } from '../event.ts';

/** What has become of a process between two of its states. */
export function phasesBetween(before: Status, now: Status): ProcessPhase[] {
  const hasEnded = now.endedAt !== null && now.endedAt !== before.endedAt && now.exit !== null;
  const isAsked = before.phase === 'stopping';
  return [
    ...(now.readyAt !== null && now.readyAt !== before.readyAt ? (['ready'] as const) : []),
    ...(now.phase === 'unhealthy' && before.phase !== 'unhealthy' ? (['unhealthy'] as const) : []),
    ...(hasEnded ? [isAsked ? ('stopped' as const) : ('exited' as const)] : []),
    // The first of its waits: those that follow are the same loop.
    ...(now.phase === 'crash-loop' && now.quick === LOOP && before.quick < LOOP
      ? (['crash-loop'] as const)
      : []),
  ];
}

/** Whether a trigger is meant with it; its own commands never are. */
export function isMeant(
  { name, occasion }: DefinitionOf<'process'>,
  { name: process, owner }: ProcessSpec,
): boolean {
  if (isProcessOf({ kind: 'trigger', name }, process)) return false;
  if (occasion.names.length === 0) return !process.startsWith('trigger:');
  return occasion.names.includes(process) || occasion.names.includes(owner);
}

export function phaseEvent(
  { name }: Definition,
  spec: ProcessSpec,
  phase: ProcessPhase,
  status: Status,
): Event {
  const { exit, why } = status;
  const end = exit !== null && phase !== 'ready' && phase !== 'unhealthy' ? exitWords(exit) : undefined;
  return eventOf({
    name,
    on: 'process',
    said: `${spec.name} ${phase}${end === undefined ? '' : `, ${end}`}`,
    variables: {
      process: spec.name,
      owner: spec.owner,
      phase,
      why: why ?? '',
      exit: end ?? '',
      ...(exit !== null && 'code' in exit && end !== undefined ? { exit_code: String(exit.code) } : {}),
    },
  });
}
