import type { ActionCard } from '#app/registry/card.ts';
import { findAction } from '#app/registry/find.ts';
import type { Tool } from '../protocol/service.ts';
import { annotationsOf } from './annotations.ts';
import { documentSchema } from './document.ts';
import { inputSchema } from './input.ts';
import { toolName } from './names.ts';
import { outputSchema } from './schema.ts';

const TOLD = {
  query: '',
  command:
    'Plans first. A plan that destroys something, reaches outside this machine or can not be taken back is shown and not applied: ' +
    'look at it, then call again with its hash as `plan`. `dryRun` shows any plan and changes nothing.',
  stream:
    'Returns a page of events and a cursor; call again with the cursor for what comes after, without loss or repetition. ' +
    'A cursor lasts for 10 minutes without use and for the 16 streams last used; one that has expired is refused, ' +
    'and a call without a cursor begins anew.',
} as const;

/** An action as a tool; loads its declaration for the schema of its output. */
export async function toolOf(card: ActionCard): Promise<Tool> {
  const action = await findAction(card.id);
  if (!action) throw new Error(`The registry has no module for ${card.id}.`);
  return {
    name: toolName(card.id),
    title: card.id.replaceAll('.', ' '),
    description: [`${card.summary}.`, TOLD[card.kind]].filter(Boolean).join(' '),
    inputSchema: inputSchema(card),
    outputSchema: outputSchema(documentSchema(action)),
    annotations: annotationsOf(card),
  };
}
