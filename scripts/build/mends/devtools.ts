import type { Mend } from './mend.ts';

const onlyInDevelopment = "if (process.env['DEV'] === 'true') {";

// Ink awaits React's development tools at the top level, which no CommonJS bundle can hold.
export const devtools: Mend[] = [
  {
    package: 'ink',
    version: '8.0.0',
    file: 'build/reconciler.js',
    edits: [
      {
        find: `${onlyInDevelopment}\n    // Intentionally no warning when the package is missing.`,
        replace: 'if (false) {',
      },
      { find: "        await import('./devtools.js');", replace: '' },
      { find: `${onlyInDevelopment}\n    try {`, replace: 'if (false) {\n    try {' },
      { find: 'await loadPackageJson()', replace: '{}' },
    ],
  },
];
