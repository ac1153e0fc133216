import * as z from 'zod/mini';
import type { Completes } from './card.ts';

/** What a surface needs to know of one input or output field beyond its type. */
export interface FieldMeta {
  /** One line, sentence case, no full stop. */
  description: string;
  /** Given without an option name in the shell; order is the order of declaration; an array takes the rest. */
  positional?: boolean;
  /** One-letter option in the shell. */
  short?: string;
  /** What a completion offers and a form suggests. */
  completes?: Completes;
  /** `seconds`, `bytes` and so on, shown in help and reference. */
  unit?: string;
  /** Head of the column where an array of these objects is printed as a table; absent: only in JSON. */
  column?: string;
  /** Never echoed, logged, journalled or put into a plan. */
  secret?: boolean;
}

/** The registry from which JSON schemas, help, forms, completions and tables take their words. */
export const fields = z.registry<FieldMeta>();

/** Describes a field: `field(z.string(), { description: 'Name of the repo', positional: true })`. */
export function field<S extends z.core.$ZodType>(schema: S, meta: FieldMeta): S {
  fields.add(schema, meta as never);
  return schema;
}

/** An optional flag, off by default. */
export function flag(meta: FieldMeta) {
  return field(z._default(z.boolean(), false), meta);
}

/** An optional text. */
export function text(meta: FieldMeta) {
  return field(z.optional(z.string()), meta);
}

/** Zero or more texts. */
export function texts(meta: FieldMeta) {
  return field(z._default(z.array(z.string()), []), meta);
}
