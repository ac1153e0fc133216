import { type TransformOptions, transform } from 'esbuild';
import { withExportsGiven } from './exported.ts';
import { linked, type PlaceOf } from './linked.ts';
import { target } from './target.ts';

// ES modules have what they import at their top, where it can be made lazy; what is looked up where it is used can.
const asCommonJs = {
  ...target,
  format: 'cjs',
  banner: '"use strict";',
  supported: { 'dynamic-import': false },
} as const satisfies TransformOptions;

/** A part of the program as the body of a function, to which `__link` gives what it imports, and `__give` takes what it exports. */
export async function functionOf(module: string, placeOf: PlaceOf): Promise<string> {
  if (/\b__(?:link|give)\b/.test(module))
    throw new Error('a module has a name that only the linker may have');
  const body = await commonJs(withExportsGiven(module));
  return linked(body.replace(await helpers, ''), placeOf);
}

/** What esbuild puts before a module that imports by default; the linker does that once for all. */
const helpers = commonJs('import x from"x";x()').then((code) => code.slice(0, code.indexOf('var import_x=')));

async function commonJs(module: string): Promise<string> {
  const { code, warnings } = await transform(module, asCommonJs);
  const [warning] = warnings;
  if (warning) throw new Error(`${warning.text}: ${warning.location?.lineText.slice(0, 200)}`);
  return code.slice(code.indexOf('\n') + 1).trimEnd();
}
