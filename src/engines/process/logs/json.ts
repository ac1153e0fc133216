import { isRecord } from '#engines/core/json.ts';
import { levelIn } from './level.ts';
import type { JsonLine } from './types.ts';

const KEYS = {
  level: ['level', 'lvl', 'severity', 'levelname', 'log.level'],
  message: ['message', 'msg'],
  time: ['time', 'ts', 'timestamp', '@timestamp'],
} as const;

const RFC3339 = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/;

/** What a line that is a JSON object says of itself; nothing where it is none. */
export function jsonIn(text: string): JsonLine | undefined {
  if (text[0] !== '{' || text.at(-1) !== '}') return undefined;
  const object = parsed(text);
  if (!object) return undefined;
  const fields = { ...object };
  const take = <T>(keys: readonly string[], read: (value: unknown) => T | null): T | null => {
    for (const key of keys) {
      const value = Object.hasOwn(fields, key) ? read(fields[key]) : null;
      if (value === null) continue;
      delete fields[key];
      return value;
    }
    return null;
  };
  return {
    level: take(KEYS.level, levelIn),
    message: take(KEYS.message, (value) => (typeof value === 'string' ? value : null)),
    time: take(KEYS.time, momentIn),
    fields,
  };
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** RFC 3339, or seconds or milliseconds since the epoch in this century; other numbers are durations and the like. */
function momentIn(value: unknown): number | null {
  if (typeof value === 'number') {
    if (value >= 1e9 && value < 1e10) return Math.round(value * 1000);
    return value >= 1e12 && value < 1e13 ? value : null;
  }
  if (typeof value !== 'string' || !RFC3339.test(value)) return null;
  const moment = Date.parse(value.replace(' ', 'T'));
  return Number.isNaN(moment) ? null : moment;
}
