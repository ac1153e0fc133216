import type { Mend } from './mend.ts';

// Ink paints text into a grid of cells and reads it out again, 4 ms and a megabyte for each frame of 120 by 40. Where
// every text is a row of its own, the rows are the picture already.
export const output: Mend[] = [
  {
    package: 'ink',
    version: '8.0.0',
    file: 'build/output.js',
    edits: [
      {
        find: '    get() {\n',
        replace:
          '    get() {\n        const rows = rowsOf(this.operations, this.height);\n        if (rows !== undefined) return { output: rows, height: this.height };\n',
      },
      {
        find: "import stringWidth from 'string-width';",
        replace: "import stringWidth from 'string-width';\nimport { rowsOf } from 'mend:rows';",
      },
    ],
  },
];
