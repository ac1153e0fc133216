import { changesOf } from '#engines/activity/changes.ts';
import { type Run, readRun } from '#engines/job/runs.ts';
import { store } from '#engines/store/store.ts';
import type { Telling } from '../app.ts';
import { documentOf, isFault, type RpcFault, type RpcRequest } from './rpc.ts';
import { type Task, taskOf } from './task.ts';

/** Tells of a task as it goes on, event by event, until it has ended or nobody listens any more. */
export function streamOf(
  { id }: RpcRequest,
  run: Run | RpcFault,
  { telling, signal }: { telling: Telling; signal: AbortSignal },
): Response {
  if (isFault(run)) return Response.json(documentOf(id, run));
  const gone = AbortSignal.any([telling.context.signal, signal]);
  const events = eventsOf(run, { ...telling, context: { ...telling.context, signal: gone } });
  return new Response(ReadableStream.from(written(events, id)), {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' },
  });
}

async function* written(events: AsyncIterable<object>, id: RpcRequest['id']): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  for await (const event of events) {
    yield encoder.encode(`data: ${JSON.stringify(documentOf(id, event))}\n\n`);
  }
}

/** The task as it is, then each state that it comes into; before the last one what it has made. */
async function* eventsOf({ id }: Run, telling: Telling): AsyncGenerator<object> {
  const opened = telling.context.use(store);
  let told: string | undefined;
  for await (const _ of changesOf(opened, telling.context.signal)) {
    const run = readRun(opened, id);
    if (!run) return;
    const task = taskOf(run, telling);
    const { state } = task.status;
    if (told === undefined) yield task;
    else if (run.outcome) for (const artifact of task.artifacts) yield artifactOf(task, artifact);
    if (state !== told && (told !== undefined || run.outcome)) yield statusOf(task, run.outcome !== null);
    if (run.outcome) return;
    told = state;
  }
}

function artifactOf({ id, contextId }: Task, artifact: object): object {
  return { kind: 'artifact-update', id, taskId: id, contextId, artifact };
}

function statusOf({ id, contextId, status }: Task, final: boolean): object {
  return { kind: 'status-update', id, taskId: id, contextId, status, final };
}
