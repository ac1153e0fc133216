import * as z from 'zod/mini';
import { fields } from '#engines/core/fields.ts';
import { isRecord } from '#engines/core/json.ts';
import { visibleLines } from '#engines/core/visible.ts';
import type { Style } from '../style.ts';
import { columnsOf } from './columns.ts';
import { table } from './table.ts';
import { formatValue } from './values.ts';

/**
 * Data as text, after its own schema: arrays of objects with columns become tables,
 * everything else `key: value` lines. What a schema gives no column for is left to `--json`.
 */
export function dataLines(schema: z.ZodMiniType, data: unknown, style: Style, now: number): string[] {
  if (!(schema instanceof z.ZodMiniObject) || !isRecord(data)) return [formatValue(data, undefined, now)];
  const parts = Object.entries(schema.shape as Record<string, z.ZodMiniType>);
  const only = parts.length === 1;
  return parts.flatMap(([key, part]) => {
    const value = data[key];
    const row = rowSchema(part);
    if (row && Array.isArray(value)) {
      if (value.length === 0) return only ? [`no ${words(key)}`] : [];
      return table(columnsOf(row), value as Record<string, unknown>[], style, now);
    }
    const inner = unwrap(part);
    if (isRecord(value) && inner instanceof z.ZodMiniObject) return dataLines(inner, value, style, now);
    if (typeof value === 'string' && value.includes('\n'))
      return [style('quiet', `${words(key)}:`), ...textLines(value)];
    if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) return [];
    return [`${style('quiet', `${words(key)}:`)} ${formatValue(value, fields.get(part)?.unit, now)}`];
  });
}

/** A patch, a log: its own lines. */
function textLines(text: string): string[] {
  return visibleLines(text).replace(/\n$/, '').split('\n');
}

function rowSchema(schema: z.ZodMiniType): z.ZodMiniObject | undefined {
  const inner = unwrap(schema);
  if (!(inner instanceof z.ZodMiniArray)) return undefined;
  const element = inner.def.element as unknown;
  return element instanceof z.ZodMiniObject && columnsOf(element).length > 0 ? element : undefined;
}

function unwrap(schema: z.ZodMiniType): z.ZodMiniType {
  const wraps =
    schema instanceof z.ZodMiniNullable ||
    schema instanceof z.ZodMiniOptional ||
    schema instanceof z.ZodMiniDefault;
  return wraps ? unwrap(schema.def.innerType as z.ZodMiniType) : schema;
}

function words(key: string): string {
  return key.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
