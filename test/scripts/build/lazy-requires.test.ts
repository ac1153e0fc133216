import { createRequire } from 'node:module';
import { transform } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { withLazyRequires } from '../../../scripts/build/lazy-requires.ts';

const esm = `
  import { createHash, randomUUID as uuid } from 'node:crypto';
  import crypto from 'node:crypto';
  import * as files from 'node:fs/promises';
  import { Socket } from 'node:net';
  import { join } from 'node:path';
  export class Line extends Socket {}
  export const digest = () => createHash('sha256').update(join('a', 'b')).digest('hex');
  export const others = () => [uuid().length, crypto.randomBytes(2).length, typeof files.readFile];
`;

describe('slow parts of Node in the bundle', () => {
  test('load at their first use', async () => {
    const { code } = await transform(esm, {
      format: 'cjs',
      platform: 'node',
      banner: '"use strict";',
      minifyWhitespace: true,
      minifySyntax: true,
    });
    const text = withLazyRequires(code);
    const { exports, loaded } = evaluate(text);
    expect(text).toMatch(/^"use strict";/);
    expect(loaded).toEqual(['node:path', 'node:net']);

    expect(exports.digest()).toBe('c14cddc033f64b9dea80ea675cf280a015e672516090a5626781153dc68fea11');
    expect(loaded).toContain('node:crypto');
    expect(loaded).not.toContain('node:fs/promises');
    expect(exports.others()).toEqual([36, 2, 'function']);
    expect(loaded).toContain('node:fs/promises');
  });

  test('leave a file alone that uses none of them', () => {
    const text = '"use strict";\nvar import_node_path=require("node:path");';
    expect(withLazyRequires(text)).toBe(text);
  });

  test('are joined by the large packages that have a bundle of their own', () => {
    const text = withLazyRequires('var import_toml_patch=require("./toml-patch.cjs");');
    expect(text).toContain('import_toml_patch=lazyModule("./toml-patch.cjs")');
  });

  test('what is always needed is required once', () => {
    const text = 'var import_node_fs=require("node:fs"),import_node_fs2=require("node:fs");';
    expect(withLazyRequires(text)).toBe(
      'var import_node_fs=require("node:fs"),import_node_fs2=import_node_fs;',
    );
  });
});

function evaluate(text: string) {
  const real = createRequire(import.meta.url);
  const loaded: string[] = [];
  const require = (name: string) => {
    if (!loaded.includes(name)) loaded.push(name);
    return real(name);
  };
  const module = { exports: {} as { digest(): string; others(): unknown[] } };
  new Function('module', 'exports', 'require', text)(module, module.exports, require);
  return { exports: module.exports, loaded };
}
