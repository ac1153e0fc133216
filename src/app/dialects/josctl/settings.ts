import type { Property } from '#app/registry/card.ts';
import type { Acting, Told } from '../dialect.ts';
import { dataOf, ifDone } from '../told.ts';

const KEY: Property = { type: 'string', positional: true, description: 'Name' };
const VALUE: Property = { type: 'string', positional: true, description: 'New value' };
const PLACE: Record<string, Property> = {
  env: { type: 'string', description: 'Set of variables; default unless told' },
  service: { type: 'string', completes: 'service', description: 'The variables of one service instead' },
};

/** Gantry's settings, and the variables of services. */
export const settings: readonly Acting[] = [
  {
    id: 'config.set',
    summary: 'Set a setting',
    takes: { key: { ...KEY, completes: 'setting' }, value: VALUE },
    calls: ({ key, value }) => [{ action: 'config.set', input: { key, value } }],
    would: ({ key, value }) => `Set ${key} to ${value}`,
    ...told(({ given: { key, value } }) => `${key} = ${value}`),
  },
  {
    id: 'config.get',
    summary: 'Show a setting',
    takes: { key: { ...KEY, completes: 'setting' } },
    calls: ({ key }) => [{ action: 'config.get', input: { key } }],
    ...told((one) => String(valueIn(one, 'config.get'))),
  },
  {
    id: 'env.set',
    summary: 'Set a variable that services run with from their next start on',
    takes: { key: KEY, value: VALUE, ...PLACE },
    optional: Object.keys(PLACE),
    calls: ({ key, value, env, service }) => [
      { action: 'env.set', input: { variables: [`${key}=${value}`], env, service } },
    ],
    would: ({ key, value }) => `Set ${key} to ${value}`,
    ...told(({ given: { key, value } }) => `${key} = ${value}`),
  },
  {
    id: 'secrets.link',
    summary: 'Have the secrets of a vault reach the environment of services',
    takes: {
      vault: { type: 'string', positional: true, description: 'Directory, or its name in ~/.jos' },
      ...PLACE,
    },
    optional: Object.keys(PLACE),
    calls: ({ vault, env, service }) => [{ action: 'secrets.link', input: { vault, env, service } }],
    would: ({ vault }) => `Link ${vault}`,
    lines: (one) => ifDone(one, [`✓ linked ${one.given.vault}`]) ?? [],
    json: (one) => ifDone(one, { vault: one.given.vault }),
  },
  {
    id: 'env.get',
    summary: 'Show a variable',
    takes: { key: KEY, ...PLACE },
    optional: Object.keys(PLACE),
    calls: ({ key, env, service }) => [{ action: 'env.get', input: { name: key, env, service } }],
    ...told((one) => String(valueIn(one, 'env.get'))),
  },
];

function told(line: (told: Told) => string): Pick<Acting, 'lines' | 'json'> {
  return {
    lines: (one) => ifDone(one, [line(one)]) ?? [],
    json: (one) => ifDone(one, { key: one.given.key, value: one.given.value ?? line(one) }),
  };
}

function valueIn(one: Told, action: string): unknown {
  return dataOf<{ value: unknown }>(one, action)?.value;
}
