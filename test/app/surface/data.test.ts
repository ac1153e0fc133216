import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { dataLines } from '#app/surface/text/data.ts';
import { field } from '#engines/core/fields.ts';

const schema = z.object({
  files: z.array(z.object({ path: field(z.string(), { description: 'Path', column: 'PATH' }) })),
  text: field(z.string(), { description: 'The patch' }),
  name: field(z.string(), { description: 'Name' }),
});

test('text of several lines is shown in its lines, and none of them is a command to the terminal', () => {
  const data = { files: [{ path: 'a.ts' }], text: '@@ -1 +1 @@\n-old\n+new \x1b[2J\n', name: 'one\x07line' };
  expect(dataLines(schema, data, (_, text) => text, 0)).toEqual([
    'PATH',
    'a.ts',
    'text:',
    '@@ -1 +1 @@',
    '-old',
    '+new ␛[2J',
    'name: one␇line',
  ]);
});
