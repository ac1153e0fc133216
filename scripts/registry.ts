import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PANES } from '../src/panes/index.ts';
import { shippedBundles } from './registry/bundles.ts';
import { shippedCatalog } from './registry/catalog.ts';
import { actions, cards, frames, modules } from './registry/render.ts';
import { type Declared, scan } from './registry/scan.ts';

const root = new URL('../', import.meta.url);
const folder = 'src/app/registry';

/** Writes the registry that src/app reads and the catalog and the bundles that are shipped, or, with `--check`, says which file is stale. */
const engines = byEngine(await scan(new URL('src/engines/', root)));
const outputs = new Map([
  [`${folder}/actions.ts`, actions(engines)],
  [`${folder}/modules.ts`, modules(engines)],
  [`${folder}/frames.ts`, frames(PANES)],
  [
    'src/engines/models/catalog/shipped.ts',
    shippedCatalog(readFileSync(new URL('catalog.toml', root), 'utf8')),
  ],
  [
    'src/engines/bundle/definition/shipped.ts',
    shippedBundles(readFileSync(new URL('bundles.toml', root), 'utf8')),
  ],
  ...engines
    .filter(([, declared]) => declared.actions.length > 0)
    .map(([engine, declared]) => [`${folder}/cards/${engine}.ts`, cards(declared.actions)] as const),
]);

const stale = [...outputs].filter(([file, text]) => read(file) !== text);
const gone = written(`${folder}/cards`).filter((file) => !outputs.has(file));
if (process.argv.includes('--check')) {
  for (const file of [...stale.map(([file]) => file), ...gone])
    console.error(`${file} is stale: npm run registry`);
  process.exitCode = stale.length + gone.length > 0 ? 1 : 0;
} else {
  for (const [file, text] of stale) write(file, text);
  for (const file of gone) rmSync(new URL(file, root));
}

function byEngine({ actions, operations, facts }: Declared): [string, Declared][] {
  const names = new Set([...actions, ...operations, ...facts].map(({ engine }) => engine));
  return [...names].sort().map((name) => {
    const of = <T extends { engine: string }>(list: T[]) => list.filter(({ engine }) => engine === name);
    return [name, { actions: of(actions), operations: of(operations), facts: of(facts) }];
  });
}

function read(file: string): string | undefined {
  try {
    return readFileSync(new URL(file, root), 'utf8');
  } catch {
    return undefined;
  }
}

function write(file: string, text: string): void {
  const path = fileURLToPath(new URL(file, root));
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function written(directory: string): string[] {
  try {
    return readdirSync(new URL(directory, root)).map((name) => `${directory}/${name}`);
  } catch {
    return [];
  }
}
