import { readFileSync, writeFileSync } from 'node:fs';
import { cards, modules } from './registry/render.ts';
import { scan } from './registry/scan.ts';

const root = new URL('../', import.meta.url);

/** Writes the registry that src/app reads, or, with `--check`, says which file is stale. */
const declared = await scan(new URL('src/engines/', root));
const outputs = {
  'src/app/registry/actions.ts': cards(declared.actions),
  'src/app/registry/modules.ts': modules(declared),
};

const stale = Object.entries(outputs).filter(([file, text]) => read(file) !== text);
if (process.argv.includes('--check')) {
  for (const [file] of stale) console.error(`${file} is stale: npm run registry`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  for (const [file, text] of stale) writeFileSync(new URL(file, root), text);
}

function read(file: string): string | undefined {
  try {
    return readFileSync(new URL(file, root), 'utf8');
  } catch {
    return undefined;
  }
}
