import { packageBundle, packages } from './entries.ts';

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
  'stream',
  'stream/promises',
  'timers/promises',
  'tls',
  'tty',
  'v8',
  'worker_threads',
  'zlib',
];

const quoted = `"(?:node:(?:${slow.join('|')})|\\./(?:${packages.map(packageBundle).join('|')})(?:-[0-9a-f]+)?\\.cjs)"`;
const slowRequires = new RegExp(
  `=(?:__toESM\\(require\\((${quoted})\\)\\)|require\\((${quoted})\\))(?=[,;\\n])`,
  'g',
);
const otherRequires = /\b(import_\w+)=require\("(node:[\w/]+)"\)(?=[,;\n])/g;

const lazyModule =
  'const lazyModule=(name)=>new Proxy({},{get:(_,key)=>key==="default"?require(name):require(name)[key]});\n';

// Loads what is slow at its first use: most commands import some of it and use none. Of the rest, each is required once.
export function withLazyRequires(commonJs: string): string {
  const text = commonJs.replaceAll(
    slowRequires,
    (_, byDefault, byName) => `=lazyModule(${byDefault ?? byName})`,
  );
  return requiredOnce(text === commonJs ? commonJs : text.replace(/^("use strict";\n)?/, `$&${lazyModule}`));
}

function requiredOnce(text: string): string {
  const variables = new Map<string, string>();
  return text.replaceAll(otherRequires, (require, variable, name) => {
    const known = variables.get(name);
    if (known) return `${variable}=${known}`;
    variables.set(name, variable);
    return require;
  });
}
