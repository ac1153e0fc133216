import { globSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Catalogue, EXIT, type ExitClass } from '#engines/core/errors.ts';

/** The error catalogues of the house, by the folder that has them: `engines/git`, `app/invoke`. */
export type Catalogues = ReadonlyMap<string, Catalogue>;

/** Imports every `errors.ts` of src and takes the catalogues that its raisers carry. */
export async function cataloguesIn(source: URL): Promise<Catalogues> {
  const files = globSync('{engines,app}/*/**/errors.ts', { cwd: fileURLToPath(source) }).sort();
  const found = await Promise.all(files.map((file) => catalogueOf(file, source)));
  return new Map(found.filter((entry) => entry !== undefined));
}

/** The exit class of every code; throws where it has two. */
export function classesOf(catalogues: Catalogues): ReadonlyMap<string, ExitClass> {
  const classes = new Map<string, ExitClass>();
  for (const [folder, catalogue] of catalogues) {
    for (const [code, { exit }] of Object.entries(catalogue)) {
      const other = classes.get(code) ?? exit;
      if (other !== exit) throw new Error(`src/${folder} has ${code} as ${exit}, another as ${other}.`);
      classes.set(code, exit);
    }
  }
  return classes;
}

async function catalogueOf(file: string, source: URL): Promise<[string, Catalogue] | undefined> {
  const exports = (await import(new URL(file, source).href)) as Record<string, unknown>;
  const catalogues = Object.values(exports).flatMap((value) => {
    const carried = (value as { catalogue?: unknown }).catalogue;
    return isCatalogue(carried) ? [carried] : [];
  });
  if (file === 'engines/core/errors.ts') return undefined;
  if (catalogues.length === 0) throw new Error(`src/${file} exports no raiser that carries its catalogue.`);
  return [dirname(file), Object.assign({}, ...catalogues)];
}

function isCatalogue(value: unknown): value is Catalogue {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((entry) => Object.hasOwn(EXIT, (entry as { exit?: string }).exit ?? ''))
  );
}
