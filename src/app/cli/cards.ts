import { ACTIONS } from '#app/registry/actions.ts';
import type { ActionCard, Property } from '#app/registry/card.ts';
import { findCard } from '#app/registry/find.ts';
import { SHELLS } from './completion/scripts.ts';
import { GLOBAL_OPTIONS, type GlobalOption } from './globals.ts';

/** A name that this program is called by: what words can name there, and what every command takes. */
export interface Program {
  name: string;
  /** The forms of its command lines. */
  usage: readonly string[];
  /** A command line without a word. */
  bare: ActionCard;
  cards: readonly ActionCard[];
  options: readonly GlobalOption[];
}

/** A command line without a word is parsed, helped and completed by a card as well. */
export const PROGRAM = shellCard(
  '',
  'A keyboard-driven workbench for many git repositories and many long-lived processes',
  {
    version: { type: 'boolean', short: 'V', description: 'Show the version' },
  },
);

/** What only a shell can do: it reads like an action, and no other surface has it. */
const SHELL_CARDS: readonly ActionCard[] = [
  shellCard('completion', 'Print what makes a shell complete commands', {
    shell: {
      type: 'string',
      enum: [...SHELLS],
      positional: true,
      description: 'Shell that is to evaluate it',
    },
  }),
  shellCard('help', 'Show help', {
    words: {
      type: 'array',
      positional: true,
      default: [],
      description: 'Words of the command; none for all commands',
    },
  }),
  shellCard('mcp', 'Serve every action as a tool, over MCP on the standard streams', {
    tools: { type: 'string', description: 'Offer only these tools' },
    readOnly: { type: 'boolean', description: 'Offer nothing that changes anything' },
  }),
  shellCard('config.edit', 'Open the settings in an editor', findCard('config.path')?.input.properties),
  shellCard('daemon.run', 'Run the daemon in the foreground'),
];

/** Everything that the words of a command line can name. */
export const CARDS: readonly ActionCard[] = [...ACTIONS, ...SHELL_CARDS];

export const GANTRY: Program = {
  name: 'gantry',
  usage: ['gantry                       the screen', 'gantry <noun> <verb> [...]   one action'],
  bare: PROGRAM,
  cards: CARDS,
  options: GLOBAL_OPTIONS,
};

/** What is no action and reads like one. */
export function shellCard(
  id: string,
  summary: string,
  properties: Record<string, Property> = {},
): ActionCard {
  const required = Object.keys(properties).filter((name) => {
    const { positional, default: fallback } = properties[name] as Property;
    return positional && fallback === undefined;
  });
  return {
    id,
    kind: 'query',
    summary,
    needsWorkspace: false,
    input: { type: 'object', properties, required },
    examples: [],
  };
}
