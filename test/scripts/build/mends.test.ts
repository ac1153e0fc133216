import { build } from 'esbuild';
import fc from 'fast-check';
import publishedWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { applyMend } from '../../../scripts/build/mends/mend.ts';
import { isNarrow, lazySegmenter } from '../../../scripts/build/mends/runtime/text.ts';
import { mends, requireAllUsed } from '../../../scripts/build/mends.ts';

const codeUnits = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code));
const narrow = codeUnits.filter(isNarrow);

// What terminals show: mostly narrow text, with escapes, combining marks, wide characters and emoji in between.
const shown = fc
  .array(
    fc.oneof(
      fc.constantFrom(...narrow),
      fc.constantFrom(
        '\u001B[31m',
        '\u001B[0m',
        '\n',
        '\r',
        '\r\n',
        '\t',
        '\u0301',
        '\u200D',
        '\uFE0F',
        '\uFE0E',
      ),
      fc.constantFrom('漢', '한', 'ｱ', '👩', '🏽', '🇫🇷', '⚠', '❤', '1⃣', 'ก', 'ำ'),
      fc.string({ unit: 'binary', maxLength: 3 }),
    ),
  )
  .map((parts) => parts.join(''));

describe('a mend', () => {
  const mend = {
    package: 'tool',
    version: '1.0.0',
    file: 'index.js',
    edits: [{ find: 'slow()', replace: 'fast()' }],
  };

  test('replaces its one place', () => {
    expect(applyMend(mend, 'start(); slow();')).toBe('start(); fast();');
  });

  test.each(['start();', 'slow(); slow();'])('fails the build on %j', (source) => {
    expect(() => applyMend(mend, source)).toThrow(/tool 1\.0\.0, index\.js: expected exactly one "slow\(\)"/);
  });

  test('that nothing uses fails the build', () => {
    expect(() => requireAllUsed(new Set())).toThrow(/no bundle contains .*yoga-layout.*: remove the mend/);
  });
});

describe('narrow text', () => {
  test('includes what frames are drawn with', () => {
    expect(isNarrow('main ↑2 ↓1 ╭──╮│ ● ✓ ✗ ⠋ … é ❯')).toBe(true);
  });

  test('is one column each, as published', () => {
    expect(narrow.filter((character) => publishedWidth(character) !== 1)).toEqual([]);
  });
});

describe('segmentation', () => {
  const own = lazySegmenter();
  const real = new Intl.Segmenter();

  test('of narrow characters and controls side by side is by character', () => {
    const controls = codeUnits.slice(0, 0x20);
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...narrow, ...controls)), (characters) => {
        const text = characters.join('');
        expect([...own.segment(text)]).toMatchObject(segments(text));
      }),
    );
  });

  test('of any text is that of Intl.Segmenter, at each place in it', () => {
    fc.assert(
      fc.property(shown, (text) => {
        expect([...own.segment(text)]).toMatchObject(segments(text));
        for (const index of Array(text.length + 2).keys()) {
          expect(own.segment(text).containing(index)).toEqual(real.segment(text).containing(index));
        }
      }),
    );
  });

  const segments = (text: string) =>
    [...real.segment(text)].map(({ segment, index }) => ({ segment, index }));
});

describe('string-width in the bundle', () => {
  test('measures as published', async () => {
    const { outputFiles } = await build({
      stdin: { contents: "export { default } from 'string-width';", resolveDir: import.meta.dirname },
      bundle: true,
      format: 'esm',
      write: false,
      plugins: [mends().plugin],
    });
    const bundled = `data:text/javascript;base64,${Buffer.from(outputFiles[0]?.text ?? '').toString('base64')}`;
    const { default: mendedWidth } = (await import(bundled)) as { default: typeof publishedWidth };

    fc.assert(
      fc.property(shown, fc.boolean(), (text, ambiguousIsNarrow) => {
        expect(mendedWidth(text, { ambiguousIsNarrow })).toBe(publishedWidth(text, { ambiguousIsNarrow }));
      }),
      { numRuns: 1000 },
    );
  });
});
