import { existsSync, watch } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { dirname } from 'node:path';

type Json = Record<string, unknown>;
type Answer = (response: ServerResponse, body: Json, request: IncomingMessage) => unknown;

/** What a model server answers, by method and path. */
export type Routes = Record<string, Answer>;

export const serve = (routes: Routes, { port, host }: { port: number; host?: string }): void => {
  const server = createServer(async (request, response) => {
    const answer = routes[`${request.method} ${request.url}`];
    if (!answer) return void response.writeHead(404).end();
    await answer(response, await bodyOf(request), request);
  });
  // What is asked just now is over as well: a worker that is told to end ends.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(0));
  server.listen(port, host, () => log('listening', { port }));
};

export const json = (response: ServerResponse, status: number, body: object): void =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

/** Events as they come, until all are told or nobody listens any more. */
export const sendEvents = async (
  response: ServerResponse,
  events: Iterable<unknown>,
  line: (event: unknown) => string = (event) => `data: ${JSON.stringify(event)}\n\n`,
): Promise<void> => {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.once('close', () => log(response.writableFinished ? 'answered' : 'cancelled'));
  for (const event of events) {
    if (response.destroyed) return;
    await new Promise((sent) => response.write(line(event), sent));
  }
  response.end();
};

/** The words of an answer to a prompt; without end to `forever`, and with the controls of a terminal to `escape`. */
export function* wordsFor(prompt: string, most: number): Generator<string> {
  if (prompt === 'forever') for (;;) yield 'again ';
  const words = prompt === 'escape' ? ['\u001b[2Jgone', '\u0007'] : `You said: ${prompt}`.split(/(?<= )/);
  yield* words.slice(0, most);
}

export const log = (message: string, fields: Json = {}): void =>
  console.log(JSON.stringify({ level: 'INFO', message, ...fields }));

/** Resolves when a file is there; at once where none is named. */
export const thereIs = async (file: string | undefined): Promise<void> => {
  if (file === undefined) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const look = () => existsSync(file) && resolve();
  const watcher = watch(dirname(file), look);
  look();
  await promise;
  watcher.close();
};

/** Options as `clap` takes them: what is not known, or has no value, ends the program with 2. */
export const optionsIn = (argv: readonly string[], known: readonly string[]): Record<string, string> => {
  const given: Record<string, string> = {};
  for (let at = 0; at < argv.length; at += 2) {
    const [option = '', value] = argv.slice(at, at + 2);
    if (!known.includes(option)) fail(2, `error: unexpected argument '${option}' found`);
    if (value === undefined) fail(2, `error: a value is required for '${option}' but none was supplied`);
    given[option.slice(2)] = value as string;
  }
  return given;
};

export const fail = (code: number, message: string): never => {
  console.error(message);
  process.exit(code);
};

const bodyOf = async (request: IncomingMessage): Promise<Json> => {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return text === '' ? {} : JSON.parse(text);
};
