import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import type { RequestHandlerExtra } from '@modelcontextprotocol/sdk/shared/protocol.js';
import {
  CallToolRequestSchema,
  ListResourcesRequestSchema,
  ListResourceTemplatesRequestSchema,
  ListToolsRequestSchema,
  ReadResourceRequestSchema,
  type ServerNotification,
  type ServerRequest,
  SubscribeRequestSchema,
  UnsubscribeRequestSchema,
} from '@modelcontextprotocol/sdk/types.js';
import type { Notices, Offer, Request, Service, ToolResult } from './service.ts';

type Extra = RequestHandlerExtra<ServerRequest, ServerNotification>;

export interface Served {
  server: Server;
  /** Resolves once nothing that was asked is still being worked on. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** The service as a server of the protocol era of 2025-11-25 and before. */
export function serverOf({ about, open }: Offer): Served {
  const { instructions, ...implementation } = about;
  const server = new Server(implementation, {
    instructions,
    capabilities: { tools: {}, resources: { subscribe: true, listChanged: true } },
    jsonSchemaValidator: { getValidator: unused },
  });
  const notices: Notices = {
    resourceUpdated: (uri) => tell(server.sendResourceUpdated({ uri })),
    resourceListChanged: () => tell(server.sendResourceListChanged()),
  };
  const running = new Set<Promise<unknown>>();
  let opened: Promise<Service> | undefined;

  server.oninitialized = () => void ask(async () => {});
  server.setRequestHandler(ListToolsRequestSchema, ({ params }) =>
    ask(async ({ tools }) => {
      const { items, next } = await tools.list(params?.cursor);
      return { tools: items, nextCursor: next };
    }),
  );
  server.setRequestHandler(CallToolRequestSchema, ({ params }, extra) =>
    ask(async ({ tools }) =>
      wireResult(await tools.call(params.name, params.arguments ?? {}, requestOf(extra))),
    ),
  );
  server.setRequestHandler(ListResourcesRequestSchema, ({ params }, extra) =>
    ask(async ({ resources }) => {
      const { items, next } = await resources.list(params?.cursor, requestOf(extra));
      return { resources: items, nextCursor: next };
    }),
  );
  server.setRequestHandler(ListResourceTemplatesRequestSchema, ({ params }) =>
    ask(async ({ resources }) => {
      const { items, next } = resources.templates(params?.cursor);
      return { resourceTemplates: items, nextCursor: next };
    }),
  );
  server.setRequestHandler(ReadResourceRequestSchema, ({ params: { uri } }, extra) =>
    ask(async ({ resources }) => {
      const content = await resources.read(uri, requestOf(extra));
      return { contents: [{ uri, ...content }] };
    }),
  );
  server.setRequestHandler(SubscribeRequestSchema, ({ params }, extra) =>
    ask(async ({ resources }) => {
      await resources.subscribe(params.uri, requestOf(extra));
      return {};
    }),
  );
  server.setRequestHandler(UnsubscribeRequestSchema, ({ params }) =>
    ask(async ({ resources }) => {
      resources.unsubscribe(params.uri);
      return {};
    }),
  );

  function ask<T>(question: (service: Service) => Promise<T>): Promise<T> {
    opened ??= open(notices);
    const answer = opened.then(question);
    running.add(answer);
    const over = () => running.delete(answer);
    answer.then(over, over);
    return answer;
  }

  function requestOf({ signal, _meta, sendNotification }: Extra): Request {
    const token = _meta?.progressToken;
    return {
      client: server.getClientVersion()?.name ?? 'unknown',
      signal: cancellation(signal),
      progress:
        token === undefined
          ? undefined
          : ({ done: progress, total, message }) =>
              tell(
                sendNotification({
                  method: 'notifications/progress',
                  params: { progressToken: token, progress, total, message },
                }),
              ),
    };
  }

  async function settled(): Promise<void> {
    while (running.size > 0) await Promise.allSettled(running);
  }

  async function close(): Promise<void> {
    await server.close();
    await settled();
    const service = await opened?.catch(() => undefined);
    await service?.close();
  }

  return { server, settled, close };
}

function wireResult({ text, structured, isError }: ToolResult) {
  return { content: [{ type: 'text' as const, text }], structuredContent: structured, isError };
}

/** The package aborts with the text that the client sent as its reason; here a cancellation is an AbortError. */
function cancellation(signal: AbortSignal): AbortSignal {
  const controller = new AbortController();
  if (signal.aborted) controller.abort();
  signal.addEventListener('abort', () => controller.abort(), { once: true });
  return controller.signal;
}

/** A client that is gone needs no notices. */
function tell(sent: Promise<void>): void {
  sent.catch(() => {});
}

/** Only answers to elicitations are validated here, and none is asked for. */
function unused(): never {
  throw new Error('This server asks its client nothing.');
}
