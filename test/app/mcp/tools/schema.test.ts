import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { outputSchema, published } from '../../../../src/app/mcp/tools/schema.ts';
import { withoutSecrets } from '../../../../src/app/mcp/tools/secrets.ts';
import { field } from '../../../../src/engines/core/fields.ts';

const account = z.object({
  name: field(z.string(), { description: 'Name', column: 'NAME', short: 'n' }),
  token: field(z.string(), { description: 'Token', secret: true }),
  age: field(z.number(), { description: 'Age', unit: 'seconds' }),
  short: z.optional(z.string()),
});

const accounts = z.object({ accounts: z.array(account), first: z.nullable(account) });

describe('a published schema', () => {
  test('has none of our own words and leaves room for more', () => {
    expect(outputSchema(account)).toEqual({
      type: 'object',
      properties: {
        name: { description: 'Name', type: 'string' },
        age: { description: 'Age (seconds)', type: 'number' },
        short: { type: 'string' },
      },
      required: ['name', 'age'],
    });
  });

  test('keeps fields that are called like our words, and values that look like schemas', () => {
    const schema = {
      type: 'object',
      properties: { unit: { type: 'string', default: 'short' } },
      examples: [{ short: true, unit: 'x' }],
    };
    expect(published(schema)).toEqual(schema);
  });

  test('keeps the schema of further properties', () => {
    const schema = outputSchema(z.object({ byName: z.record(z.string(), account) }));
    expect(JSON.stringify(schema)).toContain('additionalProperties');
    expect(JSON.stringify(schema)).not.toContain('token');
  });
});

describe('data', () => {
  test('is told without its secrets, however deep they lie', () => {
    const one = { name: 'ada', token: 'hunter2', age: 3 };
    const told = { name: 'ada', age: 3 };
    expect(withoutSecrets(accounts, { accounts: [one, one], first: one })).toEqual({
      accounts: [told, told],
      first: told,
    });
    expect(withoutSecrets(accounts, { accounts: [], first: null })).toEqual({ accounts: [], first: null });
  });

  test('is left as it is where no schema knows it', () => {
    expect(withoutSecrets(undefined, { token: 1 })).toEqual({ token: 1 });
    expect(withoutSecrets(account, 'text')).toBe('text');
  });
});
