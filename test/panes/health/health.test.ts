import { expect, test } from 'vitest';
import type { JoinedHealth } from '#engines/process/joined/row.ts';
import { columns } from '#panes/health/columns.ts';
import { health } from '#panes/health/pane.ts';
import { textOf } from '#panes/kit/line.ts';

const LOOK = { sign: (name: string) => `<${name}>`, now: 1_800_000_000_000 };

const row = (id: string, changes: Partial<JoinedHealth> = {}): JoinedHealth => ({
  ...{ id, standing: 'well', kind: 'service', owner: id.split(':')[0] as string, phase: 'running' },
  ...{ model: null, pid: 4_711, port: 4_100, listener: 'itself', probe: 'tcp 127.0.0.1:4100', said: 'open' },
  ...{ restarts: 0, why: null, next: null },
  ...changes,
});

const cellsOf = (one: JoinedHealth) => columns.map(({ cell }) => textOf(cell(one, LOOK)));

test('a row says what it is, how it stands, where it is reached, and nothing more while all is well', () => {
  expect(cellsOf(row('web:0'))).toEqual([
    ...['<clean>', 'web:0', 'well', '4100', 'web', '', 'tcp 127.0.0.1:4100', ''],
  ]);
  const worker = row('gpu', { kind: 'worker', owner: 'gpu', model: 'tinyllama', probe: null });
  expect(cellsOf(worker)).toEqual(['<clean>', 'gpu', 'well', '4100', '', 'tinyllama', '', '']);
});

test('what is red says why, with what comes from outside made harmless', () => {
  const red = row('web:0', { standing: 'red', why: 'does not answer: \u001b[31m503' });
  expect(cellsOf(red)[0]).toBe('<failed>');
  expect(cellsOf(red).at(-1)).toBe('does not answer: ␛[31m503');
  expect(health.needsYou(red)).toBe(true);
});

test('red comes first, and what rests last', () => {
  const rows = (['resting', 'well', 'red', 'changing'] as const).map((standing, index) =>
    row(`web:${index}`, { standing }),
  );
  const sorted = [row('web:4'), ...rows].toSorted(health.compare);
  expect(sorted.map(({ id }) => id)).toEqual(['web:2', 'web:3', 'web:1', 'web:4', 'web:0']);
});

test('a replica leads to its service, a worker to itself, and a run to neither', () => {
  const led = (one: JoinedHealth) => health.jumps?.flatMap(({ to, by }) => (by(one) ? [[to, by(one)]] : []));
  expect(led(row('web:1'))).toEqual([['services', { service: 'web' }]]);
  expect(led(row('gpu', { kind: 'worker' }))).toEqual([['workers', { worker: 'gpu' }]]);
  expect(led(row('build', { kind: 'command' }))).toEqual([]);
});
