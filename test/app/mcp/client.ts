import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import type { RequestOptions } from '@modelcontextprotocol/sdk/shared/protocol.js';
import type { CallToolResult, Notification, Tool } from '@modelcontextprotocol/sdk/types.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
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
  /** Every tool of every page. */
  tools: readonly Tool[];
  pid: number;
  /** Everything that the server wrote to its standard error so far. */
  log(): string;
  /** What the server told unasked and nobody waited for, in order. */
  notices: Notification[];
  /** Takes the first notice that fits, also one that came before. */
  notice(method: string, params?: Record<string, unknown>): Promise<Notification>;
  /** Calls a tool; an answer that does not fit the tool's own schema is refused. */
  call<Data = unknown>(name: string, given?: object, options?: RequestOptions): Promise<Answer<Data>>;
  /** The same with the hash of the plan that a dry run shows. */
  callApproved: Connected['call'];
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
  const tools = await allTools(client);
  const ajv = new Ajv2020({ strict: false });

  /** The client itself does this only for the page of tools that it has seen last. */
  const requireFitting = (name: string, document: unknown) => {
    const schema = tools.find((tool) => tool.name === name)?.outputSchema;
    if (schema && !ajv.validate(schema, document)) throw new Error(`${name}: ${ajv.errorsText()}`);
  };

  const call = async <Data>(
    name: string,
    given: object = {},
    options?: RequestOptions,
  ): Promise<Answer<Data>> => {
    const request = { name, arguments: given as Record<string, unknown> };
    const result = (await client.callTool(request, undefined, options)) as CallToolResult;
    const [content] = result.content;
    requireFitting(name, result.structuredContent);
    return {
      isError: result.isError === true,
      text: content?.type === 'text' ? content.text : '',
      document: result.structuredContent as unknown as Document<Data>,
    };
  };

  return {
    client,
    tools,
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
    call,
    callApproved: async (name, given = {}, options) => {
      const { plan } = (await call(name, { ...given, dryRun: true })).document;
      return call(name, { ...given, plan: plan?.hash }, options);
    },
    close: () => client.close(),
  };
};

const allTools = async (client: Client): Promise<Tool[]> => {
  const listed: Tool[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.listTools({ cursor });
    listed.push(...page.tools);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return listed;
};

const includes = (given: object = {}, wanted: Record<string, unknown>) =>
  Object.entries(wanted).every(([name, value]) => (given as Record<string, unknown>)[name] === value);
