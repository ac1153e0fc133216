import { basename, join } from 'node:path';
import { build, type OutputFile, type Plugin, transform } from 'esbuild';
import {
  bundleOf,
  dist,
  type EntryName,
  entryNames,
  packageBundle,
  packages,
  root,
  sourceOf,
  splitEntry,
} from './entries.ts';
import { withLazyRequires } from './lazy-requires.ts';
import { mends, requireAllUsed } from './mends.ts';
import { notices } from './notices.ts';

export type Bundle = { path: string; text: string };

const common = {
  platform: 'node',
  target: 'node24',
  // Names stay, so that a stack trace under --debug can be read.
  minifySyntax: true,
  minifyWhitespace: true,
  logLevel: 'silent',
} as const;

export async function bundleAll(): Promise<Bundle[]> {
  const mend = mends();
  const builds = await Promise.all([
    ...entryNames.map((name) =>
      bundle(name, sourceOf(name), [otherEntriesStayOutside(name), packagesStayOutside, mend.plugin]),
    ),
    ...packages.map((name) => bundle(packageBundle(name), name, [mend.plugin])),
  ]);
  requireAllUsed(mend.used);
  const inputs = Object.assign({}, ...builds.map(({ metafile }) => metafile.inputs));
  const files = await Promise.all(builds.flatMap(({ outputFiles }) => outputFiles).map(toCommonJs));
  return [{ path: join(dist, 'notices.txt'), text: notices(inputs) }, ...files];
}

function bundle(name: string, source: string, plugins: Plugin[]) {
  return build({
    ...common,
    absWorkingDir: root,
    entryPoints: { [name]: source },
    outdir: dist,
    outExtension: { '.js': '.cjs' },
    chunkNames: '[name]-[hash]',
    bundle: true,
    splitting: name === splitEntry,
    format: 'esm',
    jsx: 'automatic',
    legalComments: 'none',
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins,
    metafile: true,
    write: false,
  });
}

// esbuild splits only ES modules, and Node starts CommonJS 5 ms sooner.
async function toCommonJs(file: OutputFile): Promise<Bundle> {
  const { code, warnings } = await transform(file.text, {
    ...common,
    format: 'cjs',
    banner: '"use strict";',
    supported: { 'dynamic-import': false },
    sourcefile: file.path,
  });
  const [warning] = warnings;
  if (warning) throw new Error(`${file.path}: ${warning.text}: ${warning.location?.lineText.slice(0, 200)}`);
  return { path: file.path, text: withLazyRequires(code) };
}

function otherEntriesStayOutside(entry: EntryName): Plugin {
  const others = new Map(
    entryNames
      .filter((name) => name !== entry)
      .map((name) => [sourceOf(name), `./${basename(bundleOf(name))}`]),
  );
  return {
    name: 'other-entries',
    setup({ onResolve, resolve }) {
      onResolve({ filter: /main\.tsx?$/ }, async ({ path, pluginData, ...options }) => {
        if (pluginData === 'resolving') return undefined;
        const resolved = await resolve(path, { ...options, pluginData: 'resolving' });
        const bundle = others.get(resolved.path);
        return bundle === undefined ? resolved : { path: bundle, external: true };
      });
    },
  };
}

const packagesStayOutside: Plugin = {
  name: 'packages',
  setup({ onResolve }) {
    onResolve({ filter: /^[^./#]/ }, ({ path }) =>
      packages.includes(path) ? { path: `./${packageBundle(path)}.cjs`, external: true } : undefined,
    );
  },
};
