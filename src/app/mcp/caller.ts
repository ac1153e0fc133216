import { hostname } from 'node:os';
import type { Actor } from '#engines/core/actor.ts';
import type { Caller } from '#engines/core/host.ts';
import type { Report } from '#engines/core/report.ts';
import { findWorkspace } from '#engines/workspace/find.ts';

/** What every call of one server has in common. */
export interface Place {
  cwd: string;
  /** Given on the command line; where it is absent, every call looks at and above `cwd`. */
  workspace?: string;
}

interface Call {
  /** The name that the client gave itself. */
  client: string;
  signal: AbortSignal;
  report?: (report: Report) => void;
}

/** The client as a caller: an agent, whom nobody asks anything. */
export async function agentCaller({ cwd, workspace }: Place, call: Call): Promise<Caller> {
  return {
    actor: agent(call.client),
    cwd,
    workspace: workspace ?? findWorkspace(cwd),
    signal: call.signal,
    report: call.report ?? (() => {}),
    ask: async () => ({ kind: 'needs-input' }),
  };
}

function agent(client: string): Actor {
  return { kind: 'agent', name: client, surface: 'mcp', host: hostname(), pid: process.pid };
}
