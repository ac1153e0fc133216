import type { Mend } from './mend.ts';

const withLazySegmenter = (file: Omit<Mend, 'edits'>, name: string, construct: string): Mend => ({
  ...file,
  edits: [
    {
      find: `const ${name} = ${construct};`,
      replace: `import { lazySegmenter } from 'mend:text';\nconst ${name} = lazySegmenter();`,
    },
  ],
});

// The first Intl.Segmenter of a process loads ICU's break rules; ANSI codes, ASCII and box drawing need none of them.
export const graphemes: Mend[] = [
  withLazySegmenter(
    { package: '@alcalzone/ansi-tokenize', version: '0.3.2', file: 'build/tokenize.js' },
    'segmenter',
    'new Intl.Segmenter(undefined, { granularity: "grapheme" })',
  ),
  withLazySegmenter(
    { package: 'ink', version: '8.0.0', file: 'build/line-update.js' },
    'segmenter',
    "new Intl.Segmenter(undefined, { granularity: 'grapheme' })",
  ),
  withLazySegmenter(
    { package: 'slice-ansi', version: '10.0.1', file: 'tokenize-ansi.js' },
    'GRAPHEME_SEGMENTER',
    "new Intl.Segmenter(undefined, {granularity: 'grapheme'})",
  ),
  withLazySegmenter(
    { package: 'wrap-ansi', version: '10.0.2', file: 'index.js' },
    'segmenter',
    'new Intl.Segmenter()',
  ),
];
