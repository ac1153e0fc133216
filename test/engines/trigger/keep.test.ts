import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { specSchema } from '#engines/process/spec.ts';
import { NEVER_RUN, type Status } from '#engines/process/status.ts';
import type { DefinitionOf } from '#engines/trigger/definition.ts';
import { eventOf } from '#engines/trigger/event.ts';
import { openGate } from '#engines/trigger/keep/gate.ts';
import { isMeant, phasesBetween } from '#engines/trigger/keep/phases.ts';

const MINUTE = 60_000;

describe('given a gate for two runs a minute', () => {
  test('then the third waits until the first is a minute old, and another trigger does not', () => {
    const gate = openGate();
    const tries = [0, 10_000, 20_000, MINUTE - 1, MINUTE].map((now) => {
      const wait = gate.wait('a', 2, now);
      if (wait === 0) gate.pass('a', now);
      return wait;
    });
    expect(tries).toEqual([0, 0, 40_000, 1, 0]);
    expect(gate.wait('b', 2, MINUTE)).toBe(0);
  });

  test('when the clock is set back, then nobody waits for what has not come yet', () => {
    const gate = openGate();
    gate.pass('a', 10 * MINUTE);
    gate.pass('a', 10 * MINUTE);
    expect(gate.wait('a', 2, 0)).toBe(0);
  });
});

describe('given two states of a process', () => {
  const running: Status = { ...NEVER_RUN, phase: 'running', run: 'a', startedAt: 1, readyAt: 2 };
  const ended: Status = { ...running, endedAt: 3, exit: { code: 1 } };

  test.each<[string, Status, Status, string[]]>([
    ['it became ready', { ...running, readyAt: null, phase: 'starting' }, running, ['ready']],
    ['it ended', running, ended, ['exited']],
    ['what became of that was decided', ended, { ...ended, phase: 'backoff', quick: 1 }, []],
    ['somebody stopped it', { ...running, phase: 'stopping' }, { ...ended, phase: 'stopped' }, ['stopped']],
    ['its probe failed', running, { ...running, phase: 'unhealthy' }, ['unhealthy']],
    ['its probe fails still', { ...running, phase: 'unhealthy' }, { ...running, phase: 'unhealthy' }, []],
    ['a loop began', { ...ended, quick: 4 }, { ...ended, phase: 'crash-loop', quick: 5 }, ['crash-loop']],
    ['a loop goes on', { ...ended, quick: 5 }, { ...ended, phase: 'crash-loop', quick: 6 }, []],
  ])('when %s, then that is what has become of it', (_, before, now, phases) => {
    expect(phasesBetween(before, now)).toEqual(phases);
  });
});

describe('given a trigger of processes', () => {
  const specOf = (name: string, owner = name) =>
    z.parse(specSchema, { name, owner, kind: 'command', workspace: null, argv: ['true'], cwd: '/' });
  const triggerOf = (...names: string[]) =>
    ({
      name: 'tell',
      occasion: { on: 'process', names, phases: ['exited'] },
    }) as unknown as DefinitionOf<'process'>;

  test('when it names none, then all are meant but what triggers run', () => {
    expect(isMeant(triggerOf(), specOf('web:0', 'web'))).toBe(true);
    expect(isMeant(triggerOf(), specOf('trigger:other'))).toBe(false);
  });

  test('when it names a service, then its replicas are meant, and never its own command', () => {
    const trigger = triggerOf('web', 'trigger:tell', 'trigger:other');
    const meant = ['web:0', 'worker', 'trigger:tell', 'trigger:tell:1', 'trigger:other'].map((name) =>
      isMeant(trigger, specOf(name, name.replace(/^web:0$/, 'web'))),
    );
    expect(meant).toEqual([true, false, false, false, true]);
  });
});

describe('given what somebody has sent', () => {
  test('then it is told in variables that no shell and no terminal obeys, and secrets are not', () => {
    const { env, said } = eventOf({
      name: 'deploy',
      on: 'webhook',
      said: 'a \u001b[31mred\u0000 request',
      variables: {
        'header_x-name': '\u001b]0;title\u0007',
        'header_x-auth-token': 'hush',
        query_password: 'hush',
        'query_größe;rm -rf': 'x'.repeat(5_000),
      },
    });
    expect(said).toBe('a  [31mred  request');
    expect(env).toEqual({
      GANTRY_TRIGGER: 'deploy',
      GANTRY_TRIGGER_ON: 'webhook',
      GANTRY_TRIGGER_HEADER_X_NAME: ' ]0;title ',
      GANTRY_TRIGGER_QUERY_GR_SSE_RM__RF: 'x'.repeat(4_096),
    });
  });
});
