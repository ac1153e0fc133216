import { fileURLToPath } from 'node:url';
import { staleIn, writeInto } from './reference/folder.ts';
import { reference } from './reference/reference.ts';

const folder = fileURLToPath(new URL('../docs/reference/', import.meta.url));

/** Writes docs/reference from the declarations, or, with `--check`, says which of its files is stale. */
const pages = await reference();
if (process.argv.includes('--check')) {
  const stale = staleIn(folder, pages);
  for (const { path, why } of stale) console.error(`docs/reference/${path} ${why}: npm run reference`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  writeInto(folder, pages);
}
