import * as z from 'zod/mini';
import type { ActionCard } from '#app/registry/card.ts';
import { fields } from '#engines/core/fields.ts';
import type { JsonSchema, ObjectSchema } from '../protocol/service.ts';
import { MANNERS } from './manner.ts';
import { published } from './schema.ts';

/** The action's own input and what the surface adds to it. */
export function inputSchema({ kind, input, examples }: ActionCard): ObjectSchema {
  const manner = z.toJSONSchema(MANNERS[kind], { metadata: fields as never, io: 'input' });
  const properties = { ...input.properties, ...manner.properties };
  return {
    ...(published({ ...input, properties } as unknown as JsonSchema) as ObjectSchema),
    additionalProperties: false,
    ...(examples.length > 0 ? { examples: examples.map((example) => example.input) } : {}),
  };
}
