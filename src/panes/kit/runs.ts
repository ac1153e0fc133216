import type { ProcessDetail } from '#engines/process/types.ts';
import { age, took } from './age.ts';
import { type Line, span } from './line.ts';
import type { Look } from './look.ts';
import { exitWords } from './processes.ts';

type Run = ProcessDetail['runs'][number];

/** A run: how long ago it began, what it was, how long it took and how it ended. */
export function runLine({ pid, startedAt, endedAt, exit }: Run, look: Look): Line {
  const head = [
    span(`${age(look.now - startedAt).padStart(6)}  `, 'quiet'),
    span(`pid ${pid ?? '?'}`.padEnd(13)),
  ];
  if (endedAt === null) return [...head, span('runs', 'good')];
  const isWell = exit !== null && 'code' in exit && exit.code === 0;
  return [
    ...head,
    span(`${took(endedAt - startedAt)}`.padEnd(9), 'quiet'),
    span(exitWords(exit), isWell ? 'quiet' : 'warning'),
  ];
}
