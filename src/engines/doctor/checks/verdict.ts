import type { Check } from '../types.ts';

export function fine(check: string, detail: string): Check {
  return { check, ok: true, detail, fix: null };
}

export function wrong(check: string, detail: string, fix: string): Check {
  return { check, ok: false, detail, fix };
}
