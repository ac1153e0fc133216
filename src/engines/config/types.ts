import * as z from 'zod/mini';
import { field } from '#engines/core/fields.ts';

const value = () => z.union([z.string(), z.number(), z.boolean()]);

export const originSchema = z.enum(['default', 'user', 'workspace', 'environment']);

/** Where a value comes from, weakest first. */
export type Origin = z.infer<typeof originSchema>;

/** Which file a change goes to. */
export const scopeSchema = z.enum(['user', 'workspace']);
export type Scope = z.infer<typeof scopeSchema>;

export const settingSchema = z.object({
  key: field(z.string(), { description: 'Name', column: 'SETTING' }),
  value: field(value(), { description: 'Value that holds here', column: 'VALUE' }),
  origin: field(originSchema, { description: 'Where that value comes from', column: 'ORIGIN' }),
  source: field(z.nullable(z.string()), { description: 'File or variable that it comes from' }),
  default: field(value(), { description: 'Value where nothing is set' }),
  unit: field(z.nullable(z.string()), { description: 'What it is counted in', column: 'UNIT' }),
  description: field(z.string(), { description: 'What it does', column: 'MEANING' }),
  variable: field(z.string(), { description: 'Environment variable that sets it' }),
  allowed: field(z.nullable(z.array(z.string())), {
    description: 'Allowed words; null where others are possible',
  }),
  personal: field(z.boolean(), { description: 'A workspace can not set it' }),
});

export type SettingRow = z.infer<typeof settingSchema>;

/** Something that stands among settings and has no effect. */
export const ignoredSchema = z.object({
  key: field(z.string(), { description: 'What stands there' }),
  file: field(z.string(), { description: 'Where' }),
  reason: field(z.string(), { description: 'Why it has no effect' }),
});

export type Ignored = z.infer<typeof ignoredSchema>;
