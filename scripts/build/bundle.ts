import { basename, join } from 'node:path';
import { build, type OutputFile, type Plugin, transform } from 'esbuild';
import { bundleOf, dist, type EntryName, entryNames, groups, root, sourceOf } from './entries.ts';
import { withLazyBuiltins } from './lazy-builtins.ts';
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
  const builds = await Promise.all(groups.map((group) => bundleGroup(group, mend.plugin)));
  requireAllUsed(mend.used);
  const inputs = Object.assign({}, ...builds.map(({ metafile }) => metafile.inputs));
  const files = await Promise.all(builds.flatMap(({ outputFiles }) => outputFiles).map(toCommonJs));
  return [{ path: join(dist, 'notices.txt'), text: notices(inputs) }, ...files];
}

function bundleGroup(group: EntryName[], mendPlugin: Plugin) {
  return build({
    ...common,
    absWorkingDir: root,
    entryPoints: Object.fromEntries(group.map((name) => [name, sourceOf(name)])),
    outdir: dist,
    outExtension: { '.js': '.cjs' },
    chunkNames: '[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    jsx: 'automatic',
    legalComments: 'none',
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [otherGroupsStayOutside(group), mendPlugin],
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
  return { path: file.path, text: withLazyBuiltins(code) };
}

function otherGroupsStayOutside(group: EntryName[]): Plugin {
  const others = new Map(
    entryNames
      .filter((name) => !group.includes(name))
      .map((name) => [sourceOf(name), `./${basename(bundleOf(name))}`]),
  );
  return {
    name: 'other-groups',
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
