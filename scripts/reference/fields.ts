import { isRecord } from '#engines/core/json.ts';
import { code } from './markdown.ts';
import type { JsonSchema } from './schema.ts';

/** The fields of a schema as rows: path as a script writes it, type, description. Objects inside come with their paths. */
export function fieldRows(schema: JsonSchema, path = ''): string[][] {
  return rowsOf(schema, path, (schema.$defs ?? {}) as Definitions);
}

type Definitions = Record<string, JsonSchema>;

function rowsOf(schema: JsonSchema, path: string, definitions: Definitions): string[][] {
  const inner = innerOf(schema, definitions);
  const here =
    path && (schema.description || !inner)
      ? [[code(path), typeOf(schema), String(schema.description ?? '')]]
      : [];
  if (!inner) return here;
  const required = new Set(inner.schema.required as string[] | undefined);
  return [
    ...here,
    ...Object.entries(inner.schema.properties as Record<string, JsonSchema>).flatMap(([name, property]) =>
      rowsOf(property, `${path}${inner.suffix}.${name}${required.has(name) ? '' : '?'}`, definitions),
    ),
  ];
}

/** The type of a value in a few words: `text`, `number or null`, `done, failed`. */
export function typeOf(schema: JsonSchema): string {
  if ('const' in schema) return code(JSON.stringify(schema.const));
  if (Array.isArray(schema.enum)) return schema.enum.map((one) => code(String(one))).join(', ');
  const choices = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(choices)) return [...new Set((choices as JsonSchema[]).map(typeOf))].join(' or ');
  if (schema.type === 'array') return `list of ${isRecord(schema.items) ? typeOf(schema.items) : 'anything'}`;
  const types = [schema.type ?? 'anything'].flat().map(wordFor);
  return `${types.join(' or ')}${rangeOf(schema)}`;
}

/** The object inside a list or beside a null, and what its path ends with. */
function innerOf(
  schema: JsonSchema,
  definitions: Definitions,
): { schema: JsonSchema; suffix: string } | undefined {
  if (isRecord(schema.properties)) return { schema, suffix: '' };
  if (typeof schema.$ref === 'string') {
    const referred = definitions[schema.$ref.replace('#/$defs/', '')];
    return isRecord(referred?.properties) ? { schema: referred, suffix: '' } : undefined;
  }
  if (schema.type === 'array' && isRecord(schema.items)) {
    const element = innerOf(schema.items, definitions);
    return element && { ...element, suffix: `[]${element.suffix}` };
  }
  const choices = Array.isArray(schema.anyOf) ? (schema.anyOf as JsonSchema[]) : [];
  return choices.map((choice) => innerOf(choice, definitions)).find((choice) => choice !== undefined);
}

function wordFor(type: unknown): string {
  return type === 'string' ? 'text' : String(type);
}

function rangeOf({ minimum, maximum }: JsonSchema): string {
  if (minimum !== undefined && maximum !== undefined && maximum !== Number.MAX_SAFE_INTEGER)
    return `, ${minimum} to ${maximum}`;
  return minimum !== undefined && minimum !== Number.MIN_SAFE_INTEGER ? `, at least ${minimum}` : '';
}
