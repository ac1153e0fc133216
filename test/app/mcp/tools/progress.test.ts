import { describe, expect, test } from 'vitest';
import { progressOf } from '../../../../src/app/mcp/tools/progress.ts';
import type { Report } from '../../../../src/engines/core/report.ts';

const target = (name: string) => ({ kind: 'repo' as const, name });

const step = (name: string): Report => ({
  kind: 'step',
  activity: '1',
  step: {
    step: `${name}/1`,
    target: target(name),
    status: 'done',
    summary: 'up to date',
    startedAt: 0,
    duration: 1,
  },
});

const part = (name: string, done?: number, total?: number): Report => ({
  kind: 'progress',
  target: name,
  label: 'receiving',
  done,
  total,
});

const plan = (steps: number) =>
  ({ kind: 'plan', plan: { steps: Array.from({ length: steps }) } }) as unknown as Report;

describe('progress', () => {
  test('counts whole steps of the plan', () => {
    const read = progressOf();
    expect(read(plan(2))).toBeUndefined();
    expect(read(step('api'))).toEqual({ done: 1, total: 2, message: 'api: done up to date' });
    expect(read(step('web'))).toEqual({ done: 2, total: 2, message: 'web: done up to date' });
  });

  test('grows with every report, whatever the phases of one step count', () => {
    const read = progressOf();
    const reports = [
      plan(2),
      part('api', 9, 10),
      part('api', 1, 500),
      part('web'),
      part('api', 2, 500),
      step('api'),
      part('web'),
      step('web'),
    ];
    const figures = reports.flatMap((report) => read(report) ?? []).map(({ done }) => done);
    expect(figures).toEqual([...new Set(figures)].sort((a, b) => a - b));
    expect(figures.at(-1)).toBe(2);
  });

  test('says what a step counts', () => {
    const read = progressOf();
    expect(read(part('api', 3, 10))?.message).toBe('api: receiving 3/10');
    expect(read(part('api', 3))?.message).toBe('api: receiving 3');
    expect(read({ kind: 'progress', label: 'reading' })?.message).toBe('reading');
  });

  test('makes text from outside visible', () => {
    expect(progressOf()(part('a\u001b[2Jb'))?.message).toBe('a␛[2Jb: receiving');
  });
});
