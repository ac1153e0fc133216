import type * as z from 'zod/mini';
import { documentSchema } from '#app/mcp/tools/document.ts';
import { outputSchema, published } from '#app/mcp/tools/schema.ts';
import type { ActionCard } from '#app/registry/card.ts';
import { findAction } from '#app/registry/find.ts';
import type { Action } from '#engines/core/action.ts';

export type JsonSchema = Record<string, unknown>;

/**
 * The published schema of an action: what `--json` prints, one document or, for a stream, one line;
 * its input under `$defs`.
 */
export async function schemaOf(card: ActionCard): Promise<JsonSchema> {
  const action = await declarationOf(card);
  const { $defs = {}, ...answer } = outputSchema(
    action.kind === 'stream' ? action.event : documentSchema(action),
  );
  const id = `urn:gantry:${card.id}`;
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: id,
    title: `gantry ${card.id.replaceAll('.', ' ')} --json`,
    description: card.summary,
    ...answer,
    $defs: { ...($defs as JsonSchema), input: { $id: `${id}:input`, ...inputSchemaOf(card) } },
  };
}

/** What stands under `data`, or in one event of a stream; nothing where an action gives only a receipt. */
export async function dataSchemaOf(card: ActionCard): Promise<JsonSchema | undefined> {
  const action = await declarationOf(card);
  const data: z.ZodMiniType | undefined = action.kind === 'stream' ? action.event : action.output;
  return data && outputSchema(data);
}

function inputSchemaOf({ input }: ActionCard): JsonSchema {
  return { ...published(input as unknown as JsonSchema), additionalProperties: false };
}

async function declarationOf(card: ActionCard): Promise<Action> {
  const action = await findAction(card.id);
  if (!action) throw new Error(`The registry has no module for ${card.id}: npm run registry`);
  return action;
}
