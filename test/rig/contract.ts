import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { World } from './home.ts';

type Answer = (response: ServerResponse, request: IncomingMessage) => unknown;

export interface ContractServer {
  url: string;
  /** Requests so far: `PUT /api/v1/routes {…}`. */
  asked: string[];
}

/** A ModelGate of the contract alone, without anything that Gantry adds; what a test says of a request goes first. */
export const openContract = async (
  world: World,
  answers: Record<string, Answer> = {},
): Promise<ContractServer> => {
  const asked: string[] = [];
  const routes = new Map<string, string>();
  const own: Record<string, Answer> = {
    'GET /health': (response) =>
      send(response, 200, {
        status: 'degraded',
        version: '0.3.1',
        uptime_secs: 61,
        model_count: 1,
        more: true,
      }),
    'GET /api/v1/models': (response) => send(response, 200, [MODEL]),
    'DELETE /api/v1/models/phi%203': (response) => send(response, 204),
    'GET /api/v1/routes': (response) =>
      send(
        response,
        200,
        [...routes].map(([model, endpoint]) => ({ model, endpoint })),
      ),
    'PUT /api/v1/routes': async (response, request) => {
      const body = await bodyOf(request);
      asked.push(`PUT ${body}`);
      const { model, endpoint } = JSON.parse(body);
      routes.set(model, endpoint);
      send(response, 200, { model, endpoint, active: true });
    },
    'POST /api/v1/inference/phi%203': async (response, request) => {
      const output = { echo: JSON.parse(await bodyOf(request)) };
      send(response, 200, { model: 'phi 3', output, latency_ms: 12.5 });
    },
    'GET /api/v1/logs': (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end(LOG);
    },
  };
  const server = createServer(async (request, response) => {
    const path = (request.url ?? '').replace(/\?.*/, '');
    const line = `${request.method} ${path}`;
    if (request.method !== 'PUT') asked.push(`${request.method} ${request.url}`);
    const answer = answers[line] ?? own[line];
    if (!answer) return void send(response, 404, 'not found');
    try {
      await answer(response, request);
    } catch {
      // Whoever asked has gone, or is to notice that the test found something.
      response.destroy();
    }
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  world.defer(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
};

export const send = (response: ServerResponse, status: number, body?: object | string): void => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(typeof body === 'string' ? body : body && JSON.stringify(body));
};

const MODEL = { name: 'phi 3', format: 'onnx', size_bytes: 7, status: 'loaded' };

const LOG = [
  ': a comment',
  'event: log',
  'id: 7',
  'data: {"timestamp":"2026-01-02T03:04:05Z","level":"info","message":"one","fields":{"model":"phi 3"}}',
  '',
  'data:{"timestamp":"2026-01-02T03:04:06Z","level":"warn","message":"two","fields":{}}',
  '',
  'data: no JSON',
  '',
  'data: {"message":',
  'data: "three"}',
  '',
  '',
].join('\n');

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return text;
};
