import type { Mend } from './mend.ts';

const onlyEnglish = (variant: string): Mend => ({
  package: 'zod',
  version: '4.6.7',
  file: `v4/${variant}/external.js`,
  edits: [
    {
      find: 'export * as locales from "../locales/index.js";',
      replace: 'import { default as en } from "../locales/en.js";\nexport const locales = { en };',
    },
  ],
});

// zod brings its messages in fifty languages, 300 kB in every process that says what is wrong with its input.
export const zod: Mend[] = [onlyEnglish('classic'), onlyEnglish('mini')];
