import { writeSync } from 'node:fs';
import { resolve } from 'node:path';
import { openHost } from '#app/invoke/host.ts';
import type { Place as Seat } from '#app/mcp/caller.ts';
import type { Notices, Service } from '#app/mcp/protocol/service.ts';
import { serveStdio } from '#app/mcp/protocol/stdio.ts';
import { interruption } from '#app/surface/interruption.ts';
import { EXIT } from '#engines/core/errors.ts';
import { pathsFrom } from '#engines/core/paths.ts';
import { visible } from '#engines/core/visible.ts';
import { VERSION } from '#engines/daemon/version.ts';
import type { Dialect, Manner } from '../dialect.ts';
import { openResources, type ResourceTable } from './resources.ts';
import type { DialectTool } from './tool.ts';
import { openTools } from './tools.ts';

interface Served {
  dialect: Dialect;
  title: string;
  instructions: string;
  tools: readonly DialectTool[];
  resources: ResourceTable;
}

/** Serves a dialect to one client on the standard streams; resolves with the exit code once it has gone. */
export async function serveDialect(served: Served, manner: Manner): Promise<number> {
  const { dialect, title, instructions } = served;
  const [name] = dialect.names;
  const cwd = process.cwd();
  const seat = { cwd, workspace: manner.workspace && resolve(cwd, manner.workspace) };
  const interrupted = interruption();
  await serveStdio({
    offer: {
      about: { name, title, version: VERSION, instructions },
      open: async (notices) => openService(served, { seat, notices, manner }),
    },
    input: process.stdin,
    output: process.stdout,
    signal: interrupted.signal,
    log: (line) => log(name, line),
  });
  interrupted.release();
  return interrupted.signal.aborted ? EXIT.interrupted : EXIT.ok;
}

interface Opening {
  seat: Seat;
  notices: Notices;
  manner: Manner;
}

function openService(
  { dialect, tools, resources: table }: Served,
  { seat, notices, manner }: Opening,
): Service {
  const host = openHost({ env: process.env, paths: pathsFrom(process.env), now: Date.now });
  const { resources, close } = openResources(table, { host, seat, notices });
  return {
    tools: openTools(tools, { host, seat, dialect, manner }),
    resources,
    close: async () => {
      await close();
      await host.close();
    },
  };
}

/** The standard output belongs to the protocol; whether anybody reads the standard error is not our affair. */
function log(name: string, line: string): void {
  try {
    writeSync(2, `${name}: ${visible(line)}\n`);
  } catch {}
}
