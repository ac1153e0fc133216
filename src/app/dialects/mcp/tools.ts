import type { Place as Seat } from '#app/mcp/caller.ts';
import { agentCaller } from '#app/mcp/caller.ts';
import { pageOf } from '#app/mcp/pages.ts';
import { Fault } from '#app/mcp/protocol/fault.ts';
import type { Given, Request, Service, Tool, ToolResult } from '#app/mcp/protocol/service.ts';
import { annotationsOf } from '#app/mcp/tools/annotations.ts';
import { reporting } from '#app/mcp/tools/call.ts';
import { mannerOf, ownInput } from '#app/mcp/tools/manner.ts';
import type { ActionCard } from '#app/registry/card.ts';
import { findCard } from '#app/registry/find.ts';
import { failureOf } from '#engines/core/errors.ts';
import type { Host } from '#engines/core/host.ts';
import type { Dialect, Manner } from '../dialect.ts';
import { completed, makeCalls } from '../make.ts';
import { endedOf, inWords } from '../output.ts';
import { failedResult, toldResult } from './result.ts';
import type { DialectTool } from './tool.ts';

const PAGE_SIZE = 50;

export interface Surroundings {
  host: Host;
  /** Where the server was started. */
  seat: Seat;
  dialect: Dialect;
  manner: Manner;
}

/** The commands of a dialect as tools, as far as there are the actions that they stand for. */
export function openTools(declared: readonly DialectTool[], surroundings: Surroundings): Service['tools'] {
  const offered = declared.filter((tool) => cardOf(tool) !== undefined);
  return {
    list: async (cursor) => {
      const { items, next } = pageOf(offered, cursor, { keyOf: ({ name }) => name, size: PAGE_SIZE });
      return { items: items.map(toolOf), next };
    },
    call: async (name, given, request) => {
      const tool = offered.find((one) => one.name === name);
      if (!tool) throw new Fault('invalid-params', `There is no tool ${name}.`);
      return callTool(tool, given, request, surroundings).catch((thrown) => {
        const { dialect, manner } = surroundings;
        const failure = failureOf(thrown);
        const { command } = tool;
        const ended = { command: command.id, given: ownInput('command', given) };
        dialect.log?.({ ...ended, failure: inWords(dialect, failure, command) }, manner);
        return failedResult(failure, dialect, command);
      });
    },
  };
}

async function callTool(
  tool: DialectTool,
  given: Given,
  request: Request,
  { host, seat, dialect, manner }: Surroundings,
): Promise<ToolResult> {
  const { command } = tool;
  const own = ownInput('command', given);
  const { dryRun, plan } = mannerOf('command', given);
  return reporting(request, async (report) => {
    const caller = await agentCaller(seatFor(seat, own), { ...request, report });
    const place = { cwd: seat.cwd, workspace: caller.workspace, asked: seat.workspace };
    const full = await completed(command, own, place, { host, caller });
    const approval = plan === undefined ? undefined : { plan };
    const made = await makeCalls(command.calls(full, place), { host, caller, dryRun, approval });
    const told = { given: full, place, made };
    dialect.log?.(endedOf(dialect, command, told), manner);
    return toldResult(tool, told, dialect);
  });
}

/** A workspace that is named in a call goes before that of the server. */
function seatFor(seat: Seat, { workspace }: Given): Seat {
  return typeof workspace === 'string' ? { ...seat, workspace } : seat;
}

function cardOf({ command }: DialectTool): ActionCard | undefined {
  const [first] = command.calls({}, { cwd: '/' });
  return first && findCard(first.action);
}

function toolOf(tool: DialectTool): Tool {
  const { name, description, takes, required, command } = tool;
  const card = cardOf(tool) as ActionCard;
  const manner = card.kind === 'command' ? MANNER : {};
  return {
    name,
    title: command.id.replaceAll('.', ' '),
    description: card.kind === 'command' ? `${description} ${PLANNED}` : description,
    inputSchema: { type: 'object', properties: { ...takes, ...manner }, required },
    outputSchema: { type: 'object', properties: {} },
    annotations: annotationsOf(card),
  };
}

const MANNER = {
  dryRun: { type: 'boolean', description: 'Show the plan with its hash and change nothing' },
  plan: { type: 'string', description: 'Hash of a plan that was shown: apply exactly that plan' },
};

const PLANNED =
  'What would destroy something is shown as a plan first; call again with its hash as `plan` to apply it.';
