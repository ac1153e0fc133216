import { describe, expect } from 'vitest';
import * as z from 'zod/mini';
import { keptInOrder } from '#engines/daemon/kept.ts';
import { writeSpec, writeStatus } from '#engines/process/records.ts';
import { specSchema } from '#engines/process/spec.ts';
import { NEVER_RUN, PHASES, type Phase } from '#engines/process/status.ts';
import { store } from '#engines/store/store.ts';
import { testContext } from '../../rig/context.ts';
import type { World } from '../../rig/home.ts';
import { test } from '../../rig/test.ts';

interface Told {
  phase?: Phase;
  needs?: string[];
}

const orderOf = (world: World, processes: Record<string, Told>) => {
  const context = testContext(world);
  const opened = context.use(store);
  for (const [name, { phase = 'running', needs = [] }] of Object.entries(processes)) {
    const common = { kind: 'command', owner: name, workspace: null, argv: ['true'], cwd: '/' } as const;
    writeSpec(opened, z.parse(specSchema, { name, needs, ...common }), 'running', 1);
    writeStatus(opened, name, { ...NEVER_RUN, phase }, 1);
  }
  return keptInOrder(context).map(({ spec }) => spec.name);
};

describe('what stops with the daemon', () => {
  test('stops before what it needs', ({ world }) => {
    const order = orderOf(world, { api: { needs: ['db', 'cache'] }, cache: { needs: ['db'] }, db: {} });
    expect(order).toEqual(['api', 'cache', 'db']);
  });

  test('is whatever is not at rest, and waits for nothing that is', ({ world }) => {
    const all = PHASES.map(
      (phase) => [phase, { phase, needs: ['stopped', 'gone'] }] satisfies [string, Told],
    );
    expect(orderOf(world, Object.fromEntries(all)).toSorted()).toEqual(
      PHASES.filter((phase) => !['stopped', 'exited', 'failed'].includes(phase)).toSorted(),
    );
  });

  test('comes to an end though two need each other', ({ world }) => {
    expect(orderOf(world, { a: { needs: ['b'] }, b: { needs: ['a'] } }).toSorted()).toEqual(['a', 'b']);
  });
});
