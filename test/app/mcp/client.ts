import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import type { RequestOptions } from '@modelcontextprotocol/sdk/shared/protocol.js';
import type { CallToolResult, Notification } from '@modelcontextprotocol/sdk/types.js';
import type { World } from '../../rig/home.ts';
import { programCommand } from '../../rig/program.ts';

const SOURCE = fileURLToPath(new URL('../../../src/app/main.ts', import.meta.url));

/** The program from its source, so that no build has to come first, unless GANTRY_UNDER_TEST names a launcher. */
export const gantryCommand = (): [string, ...string[]] =>
  process.env.GANTRY_UNDER_TEST ? programCommand() : [process.execPath, SOURCE];

/** What every tool answers with. */
export interface Document<Data = unknown> {
  schemaVersion: number;
  action: string;
  ok: boolean;
  data?: Data;
  plan?: {
    hash: string;
    needsApproval: boolean;
    steps: unknown[];
    described: { calls: { summary: string }[] }[];
  };
  receipt?: { activity: string; status: string; steps: { status: string }[] };
  error?: { code: string; message: string; meaning?: string; next?: string[]; exitCode: number };
}

export interface Answer<Data> {
  isError: boolean;
  text: string;
  document: Document<Data>;
}

export interface Connected {
  client: Client;
  pid: number;
  /** Everything that the server wrote to its standard error so far. */
  log(): string;
  /** What the server told unasked and nobody waited for, in order. */
  notices: Notification[];
  /** Takes the first notice that fits, also one that came before. */
  notice(method: string, params?: Record<string, unknown>): Promise<Notification>;
  /** Calls a tool; the client validates the answer against the tool's own schema. */
  call<Data = unknown>(name: string, given?: object, options?: RequestOptions): Promise<Answer<Data>>;
  close(): Promise<void>;
}

interface ConnectOptions {
  args?: string[];
  cwd?: string;
}

/** Starts the server in a world, as an agent's program does, and closes it with the world. */
export const connect = async (world: World, { args = [], cwd }: ConnectOptions = {}): Promise<Connected> => {
  const [command, ...before] = gantryCommand();
  const transport = new StdioClientTransport({
    command,
    args: [...before, 'mcp', ...args],
    env: world.environment(),
    cwd: cwd ?? world.path('work'),
    stderr: 'pipe',
  });
  let log = '';
  transport.stderr?.on('data', (text) => {
    log += text;
  });
  const client = new Client({ name: 'robot', version: '1.0.0' });
  const notices: Notification[] = [];
  const listeners = new Set<() => void>();
  client.fallbackNotificationHandler = async (notice) => {
    notices.push(notice as Notification);
    for (const listener of listeners) listener();
  };
  await client.connect(transport);
  world.defer(() => client.close());
  // The client validates structured answers only of tools that it has seen listed.
  await client.listTools();

  return {
    client,
    pid: transport.pid as number,
    log: () => log,
    notices,
    notice: (method, params = {}) =>
      new Promise((resolve) => {
        const look = () => {
          const at = notices.findIndex((one) => one.method === method && includes(one.params, params));
          if (at === -1) return;
          listeners.delete(look);
          resolve(notices.splice(at, 1)[0] as Notification);
        };
        listeners.add(look);
        look();
      }),
    call: async <Data>(name: string, given: object = {}, options?: RequestOptions) => {
      const request = { name, arguments: given as Record<string, unknown> };
      const result = (await client.callTool(request, undefined, options)) as CallToolResult;
      const [content] = result.content;
      return {
        isError: result.isError === true,
        text: content?.type === 'text' ? content.text : '',
        document: result.structuredContent as unknown as Document<Data>,
      };
    },
    close: () => client.close(),
  };
};

const includes = (given: object = {}, wanted: Record<string, unknown>) =>
  Object.entries(wanted).every(([name, value]) => (given as Record<string, unknown>)[name] === value);
