import { describe, expect, test } from 'vitest';
import { functionOf } from '../../../scripts/build/function.ts';
import type { Place } from '../../../scripts/build/linked.ts';

const PARTS: Record<string, Place> = {
  './names.js': { file: 'always', name: 'names.ts', lazy: false },
  './cards.js': { file: 'always', name: 'cards.ts', lazy: true },
  './later.js': { file: 'git', name: 'later.ts', lazy: false },
};

const MODULE = `
  import { createHash } from 'node:crypto';
  import * as files from 'node:fs';
  import path, { join } from 'node:path';
  import { name, rename } from './names.js';
  import { card } from './cards.js';
  let counted = 0;
  const unit = 'bytes';
  function count() { return ++counted; }
  const digest = () => createHash('sha256').update(join('a', path.basename('/b'))).digest('hex');
  const later = async () => (await import('./later.js')).found;
  const looked = () => [name, card, typeof files.readFileSync];
  const asked = () => import('node:os').then((os) => typeof os.homedir);
  export { asked, count, counted, digest, later, looked, name as first, rename, unit };
  export default unit;
`;

describe('a part of the program', () => {
  test('is given what it imports, and gives what it exports', async () => {
    const { exports } = await evaluated(MODULE);
    expect(exports).toMatchObject({ unit: 'bytes', default: 'bytes', first: 'a name' });
    expect((exports.looked as () => unknown)()).toEqual(['a name', 'a card', 'function']);
    expect(await (exports.later as () => unknown)()).toBe('found later');
    expect(await (exports.asked as () => unknown)()).toBe('function');
  });

  test('gives what changes as it is when it is looked at', async () => {
    const { exports, names } = await evaluated(MODULE);
    (exports.count as () => void)();
    names.name = 'another';
    expect(exports).toMatchObject({ counted: 1, first: 'another' });
  });

  test('is given slow parts of Node and lazy parts of the program when it uses them', async () => {
    const { exports, loaded } = await evaluated(MODULE);
    expect(loaded).toEqual(['node:fs', 'node:path', 'names.ts']);
    (exports.digest as () => void)();
    expect(loaded).toContain('node:crypto');
    expect(loaded).not.toContain('cards.ts');
  });

  test('may not have the names that its surroundings have', async () => {
    await expect(functionOf('const __link = 1; export { __link };', () => undefined)).rejects.toThrow(
      'a name that only the linker may have',
    );
  });
});

async function evaluated(module: string) {
  const names: Record<string, unknown> = { name: 'a name', rename: () => {} };
  const parts: Record<string, unknown> = {
    'names.ts': names,
    'cards.ts': { card: 'a card' },
    'later.ts': { found: 'found later' },
  };
  const loaded: string[] = [];
  const get = (name: string, exports: unknown) => {
    loaded.push(name);
    return exports;
  };
  const lazily = (load: () => unknown) =>
    new Proxy({}, { get: (_, key) => Reflect.get(load() as object, key) });
  const node = (name: string) => get(name, process.getBuiltinModule(name));
  const nodeModule = (name: string) => {
    const found = node(name) as object;
    return { ...found, default: found };
  };
  const link = {
    part: (_: string, name: string) => get(name, parts[name]),
    lazy: (_: string, name: string) => lazily(() => get(name, parts[name])),
    load: async (_: string, name: string) => get(name, parts[name]),
    node,
    nodeModule,
    lazyNode: (name: string) => lazily(() => nodeModule(name)),
    loadNode: async (name: string) => nodeModule(name),
  };
  let exports: Record<string, unknown> = {};
  const body = await functionOf(module, (specifier) => PARTS[specifier]);
  new Function('__link', '__give', body)(link, (given: typeof exports) => {
    exports = given;
  });
  return { exports, names, loaded };
}
