// The parts of Node that take a millisecond or more to load.
const slow = [
  'child_process',
  'crypto',
  'fs/promises',
  'http',
  'https',
  'net',
  'os',
  'readline',
  'sqlite',
  'tls',
  'tty',
  'v8',
  'worker_threads',
  'zlib',
];

const quoted = `"node:(?:${slow.join('|')})"`;
const requires = new RegExp(
  `=(?:__toESM\\(require\\((${quoted})\\)\\)|require\\((${quoted})\\))(?=[,;\\n])`,
  'g',
);

const lazyBuiltin =
  'const lazyBuiltin=(name)=>new Proxy({},{get:(_,key)=>key==="default"?require(name):require(name)[key]});\n';

// Loads the slow parts of Node at their first use: most commands import some of them and use none.
export function withLazyBuiltins(commonJs: string): string {
  const text = commonJs.replaceAll(
    requires,
    (_, byDefault, byName) => `=lazyBuiltin(${byDefault ?? byName})`,
  );
  return text === commonJs ? commonJs : text.replace(/^("use strict";\n)?/, `$&${lazyBuiltin}`);
}
