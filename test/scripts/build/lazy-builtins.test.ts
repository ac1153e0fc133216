import { createRequire } from 'node:module';
import { transform } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { withLazyBuiltins } from '../../../scripts/build/lazy-builtins.ts';

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
    const text = withLazyBuiltins(code);
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
    expect(withLazyBuiltins(text)).toBe(text);
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
