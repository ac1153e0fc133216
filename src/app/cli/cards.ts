import { ACTIONS } from '#app/registry/actions.ts';
import type { ActionCard } from '#app/registry/card.ts';
import { findCard, IDS } from '#app/registry/find.ts';
import { SHELLS } from './completion/scripts.ts';
import { shellCard } from './shell-card.ts';

/** What only a shell can do: it reads like an action, and no other surface has it. */
const SHELL_CARDS: Readonly<Record<string, () => ActionCard>> = {
  completion: () =>
    shellCard('completion', 'Print what makes a shell complete commands', {
      shell: {
        type: 'string',
        enum: [...SHELLS],
        positional: true,
        description: 'Shell that is to evaluate it',
      },
    }),
  help: () =>
    shellCard('help', 'Show help', {
      words: {
        type: 'array',
        positional: true,
        default: [],
        description: 'Words of the command; none for all commands',
      },
    }),
  mcp: () =>
    shellCard('mcp', 'Serve every action as a tool, over MCP on the standard streams', {
      tools: { type: 'string', description: 'Offer only these tools' },
      readOnly: { type: 'boolean', description: 'Offer nothing that changes anything' },
    }),
  'config.edit': () =>
    shellCard('config.edit', 'Open the settings in an editor', findCard('config.path')?.input.properties),
  'daemon.run': () => shellCard('daemon.run', 'Run the daemon in the foreground'),
};

/** Everything that the words of a command line can name, by its id alone: a command needs no other command's card. */
export const NAMES: readonly Pick<ActionCard, 'id'>[] = [...IDS, ...Object.keys(SHELL_CARDS)].map((id) => ({
  id,
}));

export function cardNamed(id: string): ActionCard | undefined {
  return Object.hasOwn(SHELL_CARDS, id) ? SHELL_CARDS[id]?.() : findCard(id);
}

/** Everything that the words of a command line can name. */
export function allCards(): readonly ActionCard[] {
  return [...ACTIONS, ...shellCards()];
}

export function shellCards(): readonly ActionCard[] {
  return Object.values(SHELL_CARDS).map((card) => card());
}
