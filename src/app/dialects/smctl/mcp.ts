import type { Dialect, Manner } from '../dialect.ts';
import { RESOURCES } from './resources.ts';
import { TOOLS } from './tools.ts';

const INSTRUCTIONS =
  'smctl works on the git repositories of one workspace: worktrees and flow branches of many repos at once. A tool ' +
  'with `plan` plans before it acts; what would destroy something is shown first, and applied when the call is ' +
  'repeated with the hash of what was shown.';

/** Serves the commands of smctl as tools on the standard streams. */
export async function serveSmctl(dialect: Dialect, manner: Manner): Promise<number> {
  // A file of its own: no other command loads the protocol.
  const { serveDialect } = await import('../mcp/serve.ts');
  return serveDialect(
    { dialect, title: 'smctl', instructions: INSTRUCTIONS, tools: TOOLS, resources: RESOURCES },
    manner,
  );
}
