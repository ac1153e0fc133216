/** The name by which one part asks for another: the file that it is in, and the module that it is called by. */
export interface Place {
  file: string;
  name: string;
  /** Evaluated when it is first used. */
  lazy: boolean;
}

/** Where an import goes; none for what is no part of the program. */
export type PlaceOf = (specifier: string) => Place | undefined;

/** The modules of Node that take a millisecond or more to load: most commands import some of them and use none. */
const slow = new Set(
  [
    'child_process',
    'crypto',
    'fs/promises',
    'http',
    'https',
    'net',
    'os',
    'readline',
    'sqlite',
    'stream',
    'stream/promises',
    'timers/promises',
    'tls',
    'tty',
    'v8',
    'worker_threads',
    'zlib',
  ].map((name) => `node:${name}`),
);

const dynamicImports = /\bPromise\.resolve\(\)\.then\(\(\)=>(?:__toESM\()?require\("([^"]+)"\)\)?\)/g;
const defaultImports = /\b__toESM\(require\("([^"]+)"\)\)/g;
const imports = /(?<![\w$.])require\("([^"]+)"\)(?=[,;\n]|$)/g;

/** CommonJS as esbuild writes it, with calls of the linker in place of `require`. */
export function linked(commonJs: string, placeOf: PlaceOf): string {
  return commonJs
    .replaceAll(dynamicImports, (all, name) => asked(name, { part: 'load', node: 'loadNode' }) ?? all)
    .replaceAll(defaultImports, (all, name) => asked(name, { part: 'part', node: 'nodeModule' }) ?? all)
    .replaceAll(imports, (all, name) => asked(name, { part: 'part', node: 'node' }) ?? all);

  function asked(specifier: string, by: { part: string; node: string }): string | undefined {
    const place = placeOf(specifier);
    const isStatic = by.part === 'part';
    if (place) {
      const call = isStatic && place.lazy ? 'lazy' : by.part;
      return `__link.${call}(${JSON.stringify(place.file)},${JSON.stringify(place.name)})`;
    }
    if (!specifier.startsWith('node:')) return undefined;
    return `__link.${isStatic && slow.has(specifier) ? 'lazyNode' : by.node}(${JSON.stringify(specifier)})`;
  }
}
