import { parseArgs } from 'node:util';
import { mcpError } from './errors.ts';

const OPTIONS = {
  tools: { type: 'string' },
  'read-only': { type: 'boolean', default: false },
  workspace: { type: 'string', short: 'w' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

export const HELP = `Serve every action to an agent, over the Model Context Protocol on the standard streams

Usage  gantry mcp [options]

Options
  --tools <names>              Offer only these tools: names or globs such as 'repo_*', separated by commas
  --read-only                  Offer nothing that changes anything
  -w, --workspace <directory>  Workspace to work in, instead of the one around here
  -h, --help                   Show help`;

export interface Options {
  tools?: string[];
  readOnly: boolean;
  workspace?: string;
  help: boolean;
}

/** The options of the server, from arguments first and then from the environment. */
export function optionsFrom(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Options {
  const values = parse(argv);
  return {
    tools: values.tools === undefined ? undefined : namesIn(values.tools),
    readOnly: values['read-only'],
    workspace: values.workspace ?? (env.GANTRY_WORKSPACE || undefined),
    help: values.help,
  };
}

function namesIn(list: string): string[] {
  const names = list.split(',').map((name) => name.trim());
  if (names.every(Boolean)) return names;
  throw mcpError('usage', 'mcp: --tools has an empty name.', {
    next: ['gantry describe', 'gantry mcp --help'],
  });
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS }).values;
  } catch (thrown) {
    const [message = ''] = (thrown as Error).message.split('. ');
    throw mcpError('usage', `mcp: ${message}.`, { next: ['gantry mcp --help'] });
  }
}
