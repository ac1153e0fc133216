import type { Report } from '#engines/core/report.ts';

export interface History {
  add(report: Report): void;
  /** What someone who comes later has to hear, in order. */
  all(): Report[];
}

/** How many commands, notes and figures of progress are kept; plans, steps and ends always are. */
const TALK_LIMIT = 500;

/** The reports of one activity: of each progress the last word, of the rest what fits. */
export function openHistory(): History {
  const kept = new Map<string, Report>();
  let added = 0;
  let talk = 0;

  function add(report: Report): void {
    const key = progressKey(report) ?? `#${added++}`;
    if (isTalk(report) && !kept.has(key)) talk++;
    kept.delete(key);
    kept.set(key, report);
    if (talk > TALK_LIMIT) forgetOldestTalk();
  }

  function forgetOldestTalk(): void {
    for (const [key, report] of kept) {
      if (!isTalk(report)) continue;
      kept.delete(key);
      talk--;
      return;
    }
  }

  return { add, all: () => [...kept.values()] };
}

/** The same for reports of which only the last one counts. */
export function progressKey(report: Report): string | undefined {
  return report.kind === 'progress' ? `progress ${report.target ?? ''} ${report.label}` : undefined;
}

/** What may be left out where there is too much of it. */
export function isTalk({ kind }: Report): boolean {
  return kind === 'progress' || kind === 'command' || kind === 'note';
}
