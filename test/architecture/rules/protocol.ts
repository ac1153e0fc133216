import type { Rule } from '../rule.ts';
import { importedOnlyAt } from './packages.ts';

export const protocolAtHome: Rule = {
  sentence: 'only app/mcp/protocol imports the package of the protocol',
  check: importedOnlyAt({ packages: /^@modelcontextprotocol\//, home: /^src\/app\/mcp\/protocol\// }),
  kept: [
    {
      path: 'src/app/mcp/protocol/stdio.ts',
      text: "import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';",
    },
    { path: 'src/app/mcp/main.ts', text: "import { serve } from './protocol/stdio.ts';" },
  ],
  broken: [
    {
      path: 'src/app/mcp/main.ts',
      text: "import type { Tool } from '@modelcontextprotocol/sdk/types.js'; // here",
    },
    {
      path: 'src/engines/agent/call.ts',
      text: "await import('@modelcontextprotocol/sdk/client/index.js'); // here",
    },
  ],
};
