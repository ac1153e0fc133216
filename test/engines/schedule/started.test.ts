import { expect } from 'vitest';
import * as z from 'zod/mini';
import { begin, intend, keepPlan } from '#engines/activity/journal.ts';
import type { Args, Plan, Step } from '#engines/core/plan.ts';
import { checkStart } from '#engines/process/apply/start.ts';
import { writeSpec, writeStatus } from '#engines/process/records.ts';
import { type ProcessSpec, specSchema } from '#engines/process/spec.ts';
import { NEVER_RUN } from '#engines/process/status.ts';
import { store } from '#engines/store/store.ts';
import { testContext } from '../../rig/context.ts';
import { test } from '../../rig/test.ts';
import { DAEMON, DEAD } from './stage.ts';

const specOf = (line: string): ProcessSpec =>
  z.parse(specSchema, {
    ...{ name: 'schedule:tick', kind: 'command', owner: 'schedule:tick', workspace: null, cwd: '/' },
    argv: ['/bin/sh', '-c', line],
  });

/** A daemon died behind the intent of a start at 1000; the process has last begun at a time, as something. */
test.for([
  ['has run to its end since', 1_005, 'true', true] as const,
  ['ran to its end before', 995, 'true', false] as const,
  ['has since run as something else', 1_005, 'false', false] as const,
])(
  'given a start that was broken off, when its process %s, then that is told',
  async ([, startedAt, line, isDone], { world }) => {
    const context = testContext(world);
    const opened = context.use(store);
    const plan = {
      action: 'process.run',
      input: {},
      steps: [],
      refused: [],
      settled: [],
      hash: 'hash',
    } as unknown as Plan;
    keepPlan(opened, plan, 'tick', 1_000);
    const activity = begin(opened, { plan, actor: DAEMON, process: DEAD, at: 1_000 });
    const args = { spec: specOf('true'), wait: false, orForget: false };
    const target = { kind: 'process', name: 'schedule:tick' } as const;
    const call = { op: 'process.start', args: args as unknown as Args, effect: 'write' } as const;
    const step: Step = { id: 'schedule:tick/1', target, expects: [], ...call };
    intend(opened, { activity, step, call, commands: [], at: 1_000 });
    writeSpec(opened, specOf(line), 'running', startedAt);
    writeStatus(
      opened,
      'schedule:tick',
      { ...NEVER_RUN, run: 'mark', startedAt, phase: 'exited', exit: { code: 0 } },
      2_000,
    );
    const found = await checkStart({ args, target, activity, step: step.id }, context);
    expect(found !== undefined).toBe(isDone);
  },
);
