import type { Actor } from '#engines/core/actor.ts';
import type { Caller } from '#engines/core/host.ts';
import type { Answer, Question } from '#engines/core/question.ts';
import type { Report } from '#engines/core/report.ts';

const PERSON: Actor = { kind: 'human', name: 'ann', surface: 'shell', host: 'here', pid: process.pid };

/** A caller that keeps what it is told and answers every question the same way. */
export function recordingCaller(rest: Partial<Caller> & { answer?: Answer } = {}) {
  const { answer = { kind: 'needs-input' }, ...overrides } = rest;
  const reports: Report[] = [];
  const questions: Question[] = [];
  const caller: Caller = {
    actor: PERSON,
    cwd: '/',
    signal: new AbortController().signal,
    report: (report) => reports.push(report),
    ask: async (question) => {
      questions.push(question);
      return answer;
    },
    ...overrides,
  };
  return { ...caller, reports, questions };
}
