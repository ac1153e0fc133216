import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** One file of the reference; the path is relative to its folder, with forward slashes. */
export interface Page {
  path: string;
  text: string;
}

export interface Stale {
  path: string;
  why: 'is missing' | 'is stale' | 'describes nothing';
}

/** What of a folder differs from the pages that should be in it, and nothing else should. */
export function staleIn(folder: string, pages: readonly Page[]): Stale[] {
  const wanted = new Map(pages.map(({ path, text }) => [path, text]));
  const found = filesIn(folder);
  return [
    ...pages
      .filter(({ path, text }) => found.get(path) !== text)
      .map(({ path }): Stale => ({ path, why: found.has(path) ? 'is stale' : 'is missing' })),
    ...[...found.keys()]
      .filter((path) => !wanted.has(path))
      .map((path): Stale => ({ path, why: 'describes nothing' })),
  ];
}

/** Makes the folder hold exactly these pages. */
export function writeInto(folder: string, pages: readonly Page[]): void {
  const texts = new Map(pages.map(({ path, text }) => [path, text]));
  for (const { path } of staleIn(folder, pages)) {
    const file = join(folder, path);
    const text = texts.get(path);
    if (text === undefined) {
      rmSync(file);
    } else {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }
}

function filesIn(folder: string): Map<string, string> {
  if (!existsSync(folder)) return new Map();
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return new Map(
    files.map(({ parentPath, name }) => {
      const file = join(parentPath, name);
      const path = file.slice(join(folder, '/').length).replaceAll('\\', '/');
      return [path, readFileSync(file, 'utf8')];
    }),
  );
}
