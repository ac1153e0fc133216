import { type Check, openCheck } from './probe/check.ts';
import type { Answer, Asked } from './probe/probe.ts';
import type { Probe, ProcessSpec } from './spec.ts';

/** Asks a process how it is until it is closed. */
export interface Health {
  close(): void;
}

interface HealthOptions {
  spec: ProcessSpec;
  /** It was ready before it was taken up. */
  isReady: boolean;
  asked: Omit<Asked, 'signal'>;
  tell: Listener;
}

export interface Listener {
  /** An answer that differs from the one before. */
  answered(answer: Answer): void;
  ready(): void;
  /** It is not ready in time. */
  late(why: string): void;
  /** It fails its probe, for now. */
  unhealthy(why: string): void;
  recovered(): void;
}

/** Milliseconds before the first question to a process that has just started. */
const FIRST_QUESTION = 20;

/** First whether it is ready, then whether it stays alive. */
export function openHealth({ spec, isReady, asked, tell }: HealthOptions): Health {
  const { ready, alive, startWithin } = spec;
  let check: Check | undefined;
  let deadline: NodeJS.Timeout | undefined;
  let last: Answer | undefined;

  if (ready && !isReady) awaitReady(ready);
  else watchOver();

  function awaitReady(probe: Probe): void {
    deadline = setTimeout(() => {
      close();
      tell.late(`was not ready within ${startWithin} ms${lastWords()}`);
    }, startWithin);
    ask(probe, FIRST_QUESTION, ({ ok }) => {
      if (!ok) return;
      close();
      watchOver();
      tell.ready();
    });
  }

  function watchOver(): void {
    if (!isReady && !ready) tell.ready();
    if (alive) countFailures(alive);
  }

  function countFailures(probe: Probe): void {
    let failures = 0;
    ask(probe, probe.every, ({ ok }) => {
      if (ok && failures >= probe.failures) tell.recovered();
      failures = ok ? 0 : failures + 1;
      if (failures === probe.failures) {
        tell.unhealthy(`its probe failed ${failures} times in a row${lastWords()}`);
      }
    });
  }

  function ask(probe: Probe, first: number, heard: (answer: Answer) => void): void {
    check = openCheck(probe, {
      asked,
      first,
      heard: (answer) => {
        if (last?.ok !== answer.ok || last.said !== answer.said) tell.answered(answer);
        last = answer;
        heard(answer);
      },
    });
  }

  function lastWords(): string {
    return last ? `: ${last.said}` : '';
  }

  function close(): void {
    clearTimeout(deadline);
    check?.close();
  }

  return { close };
}
