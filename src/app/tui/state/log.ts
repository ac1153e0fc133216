import type { ActivityEvent } from '#engines/activity/types.ts';
import { shellText } from '#engines/core/shell.ts';
import { actorWords } from '#panes/activity/actor.ts';

/** A real command as it ran, and by whom. */
export interface LogLine {
  at: number;
  who: string;
  target?: string;
  command: string;
  /** The step that ran it, where it is known: a step is told more than once. */
  step?: string;
}

const LONGEST = 500;

/** The lines with more of them, but for those of steps that are among them already. */
export function logged(lines: readonly LogLine[], more: readonly LogLine[]): readonly LogLine[] {
  const fresh = more.filter(({ step }) => step === undefined || lines.every((line) => line.step !== step));
  return fresh.length > 0 ? [...lines, ...fresh].slice(-LONGEST) : lines;
}

/** The commands of a step that somebody else ran; one that is over by now was told late. */
export function commandsOf({ event, activity, step }: ActivityEvent, now: number): LogLine[] {
  if (event !== 'step' || !step) return [];
  return step.commands.map((argv) => ({
    at: activity.duration === null ? now : activity.startedAt,
    who: actorWords(activity.actor).join(' '),
    target: step.target.name,
    command: shellText(argv),
    step: `${activity.id} ${step.step}`,
  }));
}
