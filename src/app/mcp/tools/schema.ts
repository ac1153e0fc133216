import * as z from 'zod/mini';
import { fields } from '#engines/core/fields.ts';
import { isRecord } from '#engines/core/json.ts';
import type { JsonSchema, ObjectSchema } from '../protocol/service.ts';
import { secretFields } from './secrets.ts';

/** Words that only our own surfaces understand, and `$schema`, whose dialect is the protocol's own. */
const OURS = new Set(['$schema', 'column', 'completes', 'positional', 'secret', 'short', 'unit']);

/** Keywords whose value is a schema, a list of schemas, or schemas by name. */
const ONE = new Set(['items', 'additionalProperties', 'propertyNames', 'not']);
const LIST = new Set(['anyOf', 'oneOf', 'allOf', 'prefixItems']);
const NAMED = new Set(['properties', '$defs']);

/** What a zod schema lets through, as a JSON schema without what is secret. */
export function outputSchema(schema: z.ZodMiniType): ObjectSchema {
  const raw = z.toJSONSchema(schema, {
    metadata: fields as never,
    io: 'output',
    override: hideSecrets,
    reused: 'ref',
  });
  return published(raw as JsonSchema) as ObjectSchema;
}

function hideSecrets({ zodSchema, jsonSchema }: { zodSchema: unknown; jsonSchema: JsonSchema }): void {
  if (!(zodSchema instanceof z.ZodMiniObject)) return;
  const secret = secretFields(zodSchema);
  if (secret.length === 0) return;
  const { properties, required = [] } = jsonSchema as ObjectSchema;
  const told = ([name]: [string, unknown]) => !secret.includes(name);
  jsonSchema.properties = Object.fromEntries(Object.entries(properties).filter(told));
  jsonSchema.required = required.filter((name) => !secret.includes(name));
}

/**
 * A JSON schema without our own words; units move into the descriptions.
 * What a later version adds is no breach, so that no object is closed.
 */
export function published(schema: JsonSchema): JsonSchema {
  const entries = Object.entries(schema)
    .filter(([keyword, value]) => !OURS.has(keyword) && !(keyword === 'additionalProperties' && !value))
    .map(([keyword, value]) => [keyword, inside(keyword, value)]);
  const { description, ...rest } = Object.fromEntries(entries) as JsonSchema;
  const words = [description, schema.unit && `(${schema.unit})`].filter(Boolean).join(' ');
  return words ? { description: words, ...rest } : rest;
}

function inside(keyword: string, value: unknown): unknown {
  if (ONE.has(keyword) && isRecord(value)) return published(value);
  if (LIST.has(keyword) && Array.isArray(value)) return value.map(published);
  if (!NAMED.has(keyword) || !isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, schema]) => [name, published(schema as JsonSchema)]),
  );
}
