import type { ActivityEvent } from '#engines/activity/types.ts';
import { shellText } from '#engines/core/shell.ts';

/** A real command as it ran, and by whom. */
export interface LogLine {
  at: number;
  who: string;
  target?: string;
  command: string;
}

const LONGEST = 500;

export function logged(lines: readonly LogLine[], ...more: LogLine[]): readonly LogLine[] {
  return [...lines, ...more].slice(-LONGEST);
}

/** The commands of a step that somebody else ran. */
export function commandsOf({ event, activity, step }: ActivityEvent, at: number): LogLine[] {
  if (event !== 'step' || !step) return [];
  return step.commands.map((argv) => ({
    at,
    who: activity.who,
    target: step.target.name,
    command: shellText(argv),
  }));
}
