import { existsSync, readFileSync } from 'node:fs';
import { scan } from '../registry/scan.ts';

/** Finds the error codes that an action's code can raise. */
export type Raised = (action: string) => ReadonlySet<string>;

/** Every code that is written in a file which the action loads, now or lazily. */
export async function raisedIn(source: URL, codes: readonly string[]): Promise<Raised> {
  const engines = new URL('engines/', source);
  const { actions } = await scan(engines);
  const found = new Map(
    actions.map(({ engine, declaration }) => {
      const from = new URL(`${engine}/actions.ts`, engines);
      const lazies = Object.values(declaration).filter((value) => typeof value === 'function');
      const texts = filesFrom(importsIn(lazies.map(String).join('\n'), from, source), source);
      return [
        declaration.id,
        new Set(codes.filter((code) => texts.some((text) => text.includes(`'${code}'`)))),
      ];
    }),
  );
  return (action) => found.get(action) ?? new Set();
}

/** The texts of these files and of all that they import, catalogues and declarations of actions left out. */
function filesFrom(start: readonly URL[], source: URL): string[] {
  const texts = new Map<string, string>();
  const waiting = [...start];
  for (let file = waiting.pop(); file; file = waiting.pop()) {
    if (texts.has(file.href) || /\/(?:errors|actions)\.ts$/.test(file.href) || !existsSync(file)) continue;
    const text = readFileSync(file, 'utf8');
    texts.set(file.href, text);
    waiting.push(...importsIn(text, file, source));
  }
  return [...texts.values()];
}

function importsIn(text: string, file: URL, source: URL): URL[] {
  const imports = text.matchAll(/^(?!\s*import type).*(?:from |import\()'(#engines\/|\.{1,2}\/)([^']+)'/gm);
  return [...imports].map(([, base = '', path = '']) =>
    base === '#engines/' ? new URL(`engines/${path}`, source) : new URL(`${base}${path}`, file),
  );
}
