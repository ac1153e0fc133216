import { expect, test } from 'vitest';
import type { ServiceRow } from '#engines/service/row.ts';
import { columns } from '#panes/services/columns.ts';
import { offers } from '#panes/services/offers.ts';
import { services } from '#panes/services/pane.ts';

const NOW = 1_800_000_000_000;
const LOOK = { sign: (name: string) => `<${name}>`, now: NOW };

const service = (id: string, changes: Partial<ServiceRow> = {}): ServiceRow => ({
  ...{ id, state: 'running', why: null, ready: 2, replicas: 2, about: 'exec sleep 1000', artifact: null },
  ...{ version: null, environment: null, port: 4_100, restarts: 0, cpu: 1.4, memory: 61_200_000 },
  ...{ since: NOW - 3_600_000, processes: [] },
  ...changes,
});

const cell = (id: string, row: ServiceRow): string =>
  (columns.find((one) => one.id === id)?.cell(row, LOOK) ?? []).map(({ text }) => text).join('');

test('a service that is well is told of in few and steady figures', () => {
  const row = service('web');
  expect(columns.map(({ id }) => cell(id, row))).toEqual([
    ...['<clean>', 'web', '2/2', 'running', '', '4100', '', '1%', '', '61M', '', '1h'],
  ]);
});

test('one that is not says why, with what comes from outside made harmless', () => {
  const row = service('web', {
    state: 'crash-loop',
    ready: 0,
    why: 'ended with \u001b[31mexit code 3',
    restarts: 7,
  });
  expect(cell('state', row)).toBe('crash-loop ended with ␛[31mexit code 3');
  expect([cell('sign', row), cell('ready', row), cell('restarts', row)]).toEqual(['<failed>', '0/2', '7']);
});

test('those that only a person gets well again are the ones that need one', () => {
  const states = ['failed', 'crash-loop', 'unhealthy', 'degraded', 'starting', 'running', 'stopped'] as const;
  expect(states.filter((state) => services.needsYou(service('web', { state })))).toEqual(states.slice(0, 4));
});

test('marked ones are stopped unless all of them are at rest', () => {
  const toggle = offers.find(({ id }) => id === 'services.toggle');
  const [runs, rests] = [service('a'), service('b', { state: 'stopped' })];
  expect([[runs], [rests], [runs, rests]].map((rows) => toggle?.call(rows))).toEqual([
    { action: 'service.stop', input: { names: ['a'] } },
    { action: 'service.restart', input: { names: ['b'] } },
    { action: 'service.stop', input: { names: ['a', 'b'] } },
  ]);
});

test('a command has nothing that could be deployed', () => {
  const deploy = offers.find(({ id }) => id === 'service.deploy');
  expect(deploy?.unable?.(service('web'))).toBe('it is a command and has no artifact');
  expect(deploy?.unable?.(service('web', { artifact: '/srv/web.jos' }))).toBeUndefined();
});
