import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { specSchema } from '#engines/process/spec.ts';
import type { ProcessDetail } from '#engines/process/types.ts';
import { healthLines } from '#panes/kit/health.ts';
import { textOf } from '#panes/kit/line.ts';
import { runLine } from '#panes/kit/runs.ts';

const NOW = 1_800_000_000_000;
const LOOK = { sign: (name: string) => `<${name}>`, now: NOW };
const MINUTE = 60_000;

const process = (changes: Partial<ProcessDetail> = {}, spec: object = {}): ProcessDetail => ({
  ...{
    id: 'web:0',
    kind: 'service',
    owner: 'web',
    about: null,
    workspace: null,
    phase: 'running',
    why: null,
  },
  ...{ pid: 7, port: 80, restarts: 0, cpu: 0, memory: 0, startedAt: NOW, readyAt: NOW - 5 * MINUTE },
  ...{ endedAt: null, exit: null, againAt: null, probed: null, log: '/logs/web:0', runs: [] },
  spec: z.parse(specSchema, {
    ...{ name: 'web:0', kind: 'service', owner: 'web', workspace: null, argv: ['web'], cwd: '/', ...spec },
  }),
  ...changes,
});
const shown = (...processes: ProcessDetail[]) => healthLines(processes, 100, LOOK).map(textOf);

test('a process that is well says how that is known', () => {
  const alive = { kind: 'http', url: 'http://127.0.0.1:80/health', every: 10_000 };
  const probed = { at: NOW - 2 * MINUTE, ok: true, said: 'answers with 200' };
  expect(shown(process({ probed }, { alive }))).toEqual([
    '<clean> web:0  running',
    '  asked       GET http://127.0.0.1:80/health  every 10 s, 3 failures in a row end it',
    '  answer      answers with 200  2m ago',
    '  ready       5m ago',
    '  restarts    0  started again when it fails',
  ]);
});

test('one that is not says why, how it ended and when it is tried again', () => {
  const loop = process({
    phase: 'crash-loop',
    why: 'ended with \u001b[31mexit code 3',
    restarts: 7,
    endedAt: NOW - MINUTE,
    exit: { code: 3 },
    againAt: NOW + 8_200,
  });
  expect(shown(loop)).toEqual([
    '<failed> web:0  crash-loop',
    '  why         ended with ␛[31mexit code 3',
    '  asked       nothing: it counts as ready once it runs',
    '  last end    exit code 3  1m ago',
    '  restarts    7  started again when it fails',
    '  next        in 8.2 s',
  ]);
});

test('a run says when it began, how long it took and how it ended', () => {
  const run = { run: 'a', pid: 7, startedAt: NOW - 5 * MINUTE };
  const lines = [
    runLine({ ...run, endedAt: null, exit: null }, LOOK),
    runLine({ ...run, endedAt: run.startedAt + 1_500, exit: { signal: 'SIGKILL' } }, LOOK),
    runLine({ ...run, pid: null, endedAt: run.startedAt + 90, exit: { unknown: true } }, LOOK),
  ];
  expect(lines.map(textOf)).toEqual([
    '    5m  pid 7        runs',
    '    5m  pid 7        1.5 s    SIGKILL',
    '    5m  pid ?        90 ms    an exit code that nobody saw',
  ]);
});
