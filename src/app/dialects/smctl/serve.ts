import type { Serving } from '../dialect.ts';
import { dialectError } from '../errors.ts';

export const SERVE: Serving = {
  id: 'serve',
  summary: 'Serve the commands as tools to an agent, over MCP on the standard streams',
  takes: {
    mcp: { type: 'boolean', description: 'Over the Model Context Protocol; there is no other' },
    stdio: { type: 'boolean', description: 'On the standard streams' },
    sse: { type: 'boolean', description: 'Over HTTP; comes with a later part of Gantry' },
    port: { type: 'integer', description: 'Port for --sse' },
  },
  serve: async ({ mcp, stdio, sse }, { dialect, manner }) => {
    if (!mcp) {
      throw dialectError('options-misfit', 'serve: there is nothing to serve without --mcp.', {
        next: ['smctl serve --mcp --stdio'],
      });
    }
    if (stdio && sse) {
      throw dialectError('options-misfit', 'serve: --stdio and --sse exclude each other.', {
        next: ['smctl serve --mcp --stdio'],
      });
    }
    if (sse) {
      throw dialectError('option-later', 'serve: --sse comes with a later part of Gantry.', {
        next: ['smctl serve --mcp --stdio'],
      });
    }
    const { serveSmctl } = await import('./mcp.ts');
    return serveSmctl(dialect, manner);
  },
};
