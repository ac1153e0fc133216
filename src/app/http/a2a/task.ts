import { randomUUID } from 'node:crypto';
import { endOf } from '#engines/job/apply-run.ts';
import { type Run, readRun, runOfKey } from '#engines/job/runs.ts';
import { store } from '#engines/store/store.ts';
import { eventOf, keepInput } from '#engines/trigger/event.ts';
import { exposedFor } from '#engines/trigger/task/exposed.ts';
import { executionLogOf } from '#engines/trigger/task/log.ts';
import type { Telling } from '../app.ts';
import { askedIn } from './payload.ts';
import { fault, isFault, type RpcFault, type RpcRequest } from './rpc.ts';

/** Milliseconds that a task may take until whoever sent it is told that it goes on. */
const PATIENCE = 20_000;

const LONGEST_ID = 200;

/** `tasks/send` of the older protocol, and `message/send` of the newer one: the same, but for the names of the ids. */
export async function sendTask(request: RpcRequest, telling: Telling): Promise<object> {
  const begun = beginTask(request, telling);
  return isFault(begun) ? begun : taskOf(await endOrNow(begun.id, telling), telling);
}

/** The run that is the task; the one that there is, where it was sent before. */
export function beginTask({ params }: RpcRequest, telling: Telling): Run | RpcFault {
  const { context, paths, triggers } = telling;
  const opened = context.use(store);
  const message = params.message as { taskId?: unknown; contextId?: unknown } | undefined;
  const id = idFrom(params.id ?? message?.taskId);
  if (id === undefined) return fault('params', 'The id of a task is a text of at most 200 characters.');
  const known = runOfKey(opened, id);
  if (known) return known;
  const asked = askedIn(params.message);
  if (!asked) return fault('contentType', 'No part of the message is of the type application/jos.');
  const exposed = exposedFor(asked, opened);
  if (typeof exposed === 'string') return fault('refused', exposed);
  const { name } = exposed;
  const session = idFrom(params.sessionId ?? message?.contextId) ?? id;
  const event = eventOf({
    ...{ name, on: 'a2a', said: `task ${id}`, key: id },
    variables: { task: id, session },
    input: keepInput(Buffer.from(JSON.stringify(params)), paths),
  });
  const told = triggers.happened(name, event);
  if ('why' in told) return { ...fault('refused', `Nothing was run: ${told.why}.`), ...again(told.again) };
  return readRun(opened, told.run) as Run;
}

export function getTask(request: RpcRequest, telling: Telling): object {
  const run = findTask(request, telling);
  return isFault(run) ? run : taskOf(run, telling);
}

/** Ends the run of a task through whatever it is doing; one that has ended by then is as it is. */
export async function cancelTask(request: RpcRequest, telling: Telling): Promise<object> {
  const run = findTask(request, telling);
  if (isFault(run)) return run;
  if (run.outcome) return fault('notCancelable', `The task has ended, ${STATES[run.outcome]}.`);
  telling.triggers.withdraw(run.id, 'whoever sent it took it back');
  return taskOf(await endOrNow(run.id, telling), telling);
}

/** The run of a task that was sent. */
export function findTask({ params: { id } }: RpcRequest, { context }: Telling): Run | RpcFault {
  const run = typeof id === 'string' ? runOfKey(context.use(store), id) : undefined;
  return run ?? fault('taskUnknown', 'There is no such task.');
}

/** The run once it has ended, or as it is when that takes too long. */
async function endOrNow(id: number, { context }: Telling): Promise<Run> {
  const opened = context.use(store);
  const signal = AbortSignal.any([context.signal, AbortSignal.timeout(PATIENCE)]);
  const ended = await endOf(opened, id, signal).catch(() => undefined);
  return ended ?? (readRun(opened, id) as Run);
}

const STATES = {
  done: 'completed',
  failed: 'failed',
  refused: 'rejected',
  cancelled: 'canceled',
  unknown: 'unknown',
} as const;

/** A task as it is sent, in the words of both protocols. */
export interface Task {
  kind: 'task';
  id: string;
  sessionId: string;
  contextId: string;
  status: { state: string; timestamp: string; message?: object };
  artifacts: object[];
}

export function taskOf(run: Run, { context }: Telling): Task {
  const id = run.event?.key ?? '';
  const session = run.event?.env.GANTRY_TRIGGER_SESSION ?? id;
  const state = run.outcome ? STATES[run.outcome] : run.state === 'waiting' ? 'submitted' : 'working';
  const at = run.endedAt ?? run.startedAt ?? context.now();
  const message = { role: 'agent', parts: [{ type: 'text', kind: 'text', text: run.said ?? '' }] };
  const execution_log = executionLogOf(run, context);
  return {
    ...{ kind: 'task' as const, id, sessionId: session, contextId: session },
    status: { state, timestamp: new Date(at).toISOString(), ...(run.outcome ? { message } : {}) },
    artifacts: run.outcome
      ? [
          {
            ...{ artifactId: `${id}/1`, name: 'execution_log', index: 0 },
            parts: [{ type: 'data', kind: 'data', data: { execution_log } }],
            execution_log,
          },
        ]
      : [],
  };
}

/** A new one where none was said; nothing for one that can be none. */
function idFrom(given: unknown): string | undefined {
  if (given === undefined) return randomUUID();
  return typeof given === 'string' && given !== '' && given.length <= LONGEST_ID ? given : undefined;
}

function again(milliseconds: number | undefined): Pick<RpcFault, 'data'> {
  return milliseconds === undefined ? {} : { data: { retryAfterMs: milliseconds } };
}
