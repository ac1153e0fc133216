import * as z from 'zod/mini';
import { fields } from '#engines/core/fields.ts';
import { isRecord } from '#engines/core/json.ts';

/** The fields of an object schema that are never told to anybody. */
export function secretFields(schema: z.ZodMiniObject): string[] {
  return Object.entries(schema.shape).flatMap(([name, part]) =>
    fields.get(part as z.ZodMiniType)?.secret ? [name] : [],
  );
}

/** Data of a schema without what the schema calls secret. */
export function withoutSecrets(schema: z.ZodMiniType | undefined, data: unknown): unknown {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodMiniArray && Array.isArray(data)) {
    return data.map((one) => withoutSecrets(inner.def.element as z.ZodMiniType, one));
  }
  if (!(inner instanceof z.ZodMiniObject) || !isRecord(data)) return data;
  const secret = secretFields(inner);
  const shape = inner.shape as Record<string, z.ZodMiniType>;
  return Object.fromEntries(
    Object.entries(data).flatMap(([name, value]) =>
      secret.includes(name) ? [] : [[name, withoutSecrets(shape[name], value)]],
    ),
  );
}

function unwrap(schema: z.ZodMiniType | undefined): z.ZodMiniType | undefined {
  const wraps =
    schema instanceof z.ZodMiniNullable ||
    schema instanceof z.ZodMiniOptional ||
    schema instanceof z.ZodMiniDefault;
  return wraps ? unwrap(schema.def.innerType as z.ZodMiniType) : schema;
}
