import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { openHost } from '#app/invoke/host.ts';
import type { Actor } from '#engines/core/actor.ts';
import type { Failure } from '#engines/core/errors.ts';
import type { Invocation, Outcome } from '#engines/core/invocation.ts';
import { pathsFrom } from '#engines/core/paths.ts';
import type { Answer, Question } from '#engines/core/question.ts';
import type { Receipt, StepReceipt } from '#engines/core/receipt.ts';
import type { DescribedPlan, Report } from '#engines/core/report.ts';
import { findWorkspace } from '#engines/workspace/find.ts';
import type { World } from '../../rig/home.ts';

type Manner = Omit<Invocation, 'action' | 'input'> & {
  /** Where the caller is; the world's `work` unless told. */
  cwd?: string;
  actor?: Actor['kind'];
  answer?: (question: Question) => Answer;
  signal?: AbortSignal;
};

/** The real spine and store over a world, called as a surface calls it. */
export type Stage = {
  call(action: string, input?: object, manner?: Manner): Promise<Outcome>;
  /** Data of a query or of a command that came out well. */
  data<T>(action: string, input?: object, manner?: Manner): Promise<T>;
  failure(action: string, input?: object, manner?: Manner): Promise<Failure>;
  receipt(action: string, input?: object, manner?: Manner): Promise<Receipt>;
  plan(action: string, input?: object, manner?: Manner): Promise<DescribedPlan>;
  readonly reports: Report[];
};

export const createStage = (world: World): Stage => {
  const host = openHost({ env: world.env, paths: pathsFrom(world.env), now: Date.now });
  const reports: Report[] = [];
  world.defer(() => host.close());

  const call: Stage['call'] = async (action, input = {}, manner = {}) => {
    const { cwd = world.path('work'), actor: kind = 'script', answer, signal, ...rest } = manner;
    return host.invoke(
      { action, input, ...rest },
      {
        actor: { kind, name: 'ada', surface: 'shell', host: 'test', pid: process.pid },
        cwd,
        workspace: findWorkspace(cwd),
        signal: signal ?? new AbortController().signal,
        report: (report) => void reports.push(report),
        ask: async (question) => answer?.(question) ?? { kind: 'needs-input' },
      },
    );
  };
  const expectKind = async <K extends Outcome['kind']>(kind: K, ...args: Parameters<Stage['call']>) => {
    const outcome = await call(...args);
    if (outcome.kind === kind) return outcome as Extract<Outcome, { kind: K }>;
    throw new Error(`${args[0]} came out as ${JSON.stringify(outcome, null, 2)}`);
  };

  return {
    call,
    reports,
    data: async <T>(...args: Parameters<Stage['call']>) => (await expectKind('data', ...args)).data as T,
    failure: async (...args) => (await expectKind('failure', ...args)).failure,
    receipt: async (...args) => (await expectKind('receipt', ...args)).receipt,
    plan: async (action, input, manner) =>
      (await expectKind('plan', action, input, { ...manner, dryRun: true })).plan,
  };
};

/** What came of a target, step by step: `['done', 'skipped: up to date']`. */
export const outcomesOf = ({ steps }: Receipt, name: string): string[] =>
  steps
    .filter((step) => step.target.name === name)
    .map(({ status, summary }) => (status === 'done' ? status : `${status}: ${summary}`));

export const stepOf = ({ steps }: Receipt, name: string): StepReceipt => {
  const found = steps.findLast((step) => step.target.name === name);
  if (!found) throw new Error(`The receipt has no step of ${name}.`);
  return found;
};

export const writeText = async (path: string, text: string): Promise<void> => {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
};
