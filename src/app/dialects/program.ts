import type { Program } from '#app/cli/program.ts';
import { shellCard } from '#app/cli/shell-card.ts';
import type { ActionCard } from '#app/registry/card.ts';
import type { Command, Dialect } from './dialect.ts';

/** A dialect as the parser, help and suggestions know a program. */
export function programOf({ names: [name], summary, commands, options }: Dialect): Program {
  return {
    name,
    usage: [`${name} <command> [...]`],
    bare: shellCard('', summary, {
      version: { type: 'boolean', short: 'V', description: 'Show the version' },
    }),
    cards: commands.map(cardOf),
    options,
  };
}

function cardOf({ id, summary, takes, optional = [] }: Command): ActionCard {
  const card = shellCard(id, summary, takes);
  const required = card.input.required?.filter((name) => !optional.includes(name));
  return { ...card, input: { ...card.input, required } };
}
