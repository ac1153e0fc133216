import type { Mend } from './mend.ts';

const version = '3.2.1';

// Yoga fetches its WebAssembly from a data: URL: that loads Node's HTTP client and makes every importer asynchronous.
export const yoga: Mend[] = [
  {
    package: 'yoga-layout',
    version,
    file: 'dist/binaries/yoga-wasm-base64-esm.js',
    edits: [
      {
        find: 'if(h.instantiateWasm)try{return h.instantiateWasm(d,\na)}',
        replace:
          'try{a(new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(H.slice(H.indexOf(",")+1),"base64")),d));return{}}',
      },
      { find: 'var _scriptDir = import.meta.url;', replace: "var _scriptDir = '';" },
    ],
  },
  {
    package: 'yoga-layout',
    version,
    file: 'dist/src/index.js',
    edits: [
      {
        find: 'const Yoga = wrapAssembly(await loadYoga());',
        replace: 'const assembly = {};\nloadYoga(assembly);\nconst Yoga = wrapAssembly(assembly);',
      },
    ],
  },
];
