import type { BuildOptions } from 'esbuild';

export const target = {
  platform: 'node',
  target: 'node24',
  // Names stay, so that a stack trace under --debug can be read.
  minifySyntax: true,
  minifyWhitespace: true,
  logLevel: 'silent',
} as const satisfies BuildOptions;
