import type { Report } from '#engines/core/report.ts';

export type Progress = Extract<Report, { kind: 'progress' }>;

/** What runs of a call, as its reports tell. */
export interface Running {
  /** By name, what each target that runs has told last. */
  targets: ReadonlyMap<string, Progress>;
  /** Steps of the plan, and how many of them have ended. */
  steps: number;
  ended: number;
  hear(report: Report): void;
}

export function createRunning(): Running {
  const targets = new Map<string, Progress>();
  const running: Running = { targets, steps: 0, ended: 0, hear };

  function hear(report: Report): void {
    if (report.kind === 'plan') running.steps = report.plan.steps.length;
    if (report.kind === 'progress') targets.set(report.target ?? '', report);
    if (report.kind === 'step') {
      targets.delete(report.step.target.name);
      running.ended++;
    }
  }

  return running;
}
