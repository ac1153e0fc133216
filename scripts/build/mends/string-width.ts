import type { Mend } from './mend.ts';

const emojiPattern = String.raw`/^(?:\p{RGI_Emoji}|\p{Regional_Indicator}{1,2}|[\d#*]\u{FE0F})/v`;

// Every border measured through ICU, and the list of all emoji compiled at start, cost a quarter of the first paint.
export const stringWidth: Mend[] = [
  {
    package: 'string-width',
    version: '9.0.0',
    file: 'index.js',
    edits: [
      {
        find: 'const segmenter = new Intl.Segmenter();',
        replace:
          "import { isNarrow, lazyPattern, lazySegmenter } from 'mend:text';\nconst segmenter = lazySegmenter();",
      },
      {
        find: `const emojiPrefixRegex = ${emojiPattern};`,
        replace: `const emojiPrefixRegex = lazyPattern(() => ${emojiPattern});`,
      },
      {
        find: '\treturn nonAsciiOrControlRegex.test(string) ? unicodeWidth',
        replace:
          '\tif (ambiguousIsNarrow && isNarrow(string)) return string.length;\n\treturn nonAsciiOrControlRegex.test(string) ? unicodeWidth',
      },
    ],
  },
];
