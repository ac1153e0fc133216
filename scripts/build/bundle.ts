import { basename, join } from 'node:path';
import { build, type OutputFile, type Plugin, transform } from 'esbuild';
import {
  bundleOf,
  dist,
  type EntryName,
  entries,
  entryNames,
  isDoor,
  isEntry,
  packageBundle,
  packages,
  root,
  sourceOf,
} from './entries.ts';
import { fingerprint } from './fingerprint.ts';
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
  const inputs = {};
  const bundles = new Map<string, Promise<Bundle>>();

  function bundled(name: string): Promise<Bundle> {
    const begun = bundles.get(name) ?? makeBundle(name);
    bundles.set(name, begun);
    return begun;
  }

  async function makeBundle(name: string): Promise<Bundle> {
    const plugins = isEntry(name) ? [loadedFilesStayOutside(name, fileOf), mend.plugin] : [mend.plugin];
    const { metafile, outputFiles } = await bundle(name, plugins);
    Object.assign(inputs, metafile.inputs);
    const text = await toCommonJs(outputFiles[0] as OutputFile);
    return { path: bundleOf(name, fingerprint(text)), text: `//${fingerprint(text)}\n${text}` };
  }

  async function fileOf(name: string): Promise<string> {
    return `./${basename(isDoor(name) ? bundleOf(name) : (await bundled(name)).path)}`;
  }

  const files = await Promise.all([...entryNames, ...packages].map(bundled));
  requireAllUsed(mend.used);
  return [{ path: join(dist, 'notices.txt'), text: notices(inputs) }, ...files];
}

function bundle(name: string, plugins: Plugin[]) {
  return build({
    ...common,
    absWorkingDir: root,
    entryPoints: { [packageBundle(name)]: isEntry(name) ? sourceOf(name) : name },
    outdir: dist,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    format: 'esm',
    jsx: 'automatic',
    legalComments: 'none',
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins,
    metafile: true,
    write: false,
  });
}

// ES modules have what they import at their top, where it can be made lazy; Node starts CommonJS 5 ms sooner.
async function toCommonJs(file: OutputFile): Promise<string> {
  const { code, warnings } = await transform(file.text, {
    ...common,
    format: 'cjs',
    banner: '"use strict";',
    supported: { 'dynamic-import': false },
    sourcefile: file.path,
  });
  const [warning] = warnings;
  if (warning) throw new Error(`${file.path}: ${warning.text}: ${warning.location?.lineText.slice(0, 200)}`);
  return withLazyRequires(code);
}

function loadedFilesStayOutside(entry: EntryName, fileOf: (name: string) => Promise<string>): Plugin {
  const loaded = new Map(entries[entry].loads.map((name) => [sourceOf(name), name]));
  const sources = [...loaded.keys()].map((path) => basename(path).replace('.', '\\.'));
  return {
    name: 'loaded-files',
    setup({ onResolve, resolve }) {
      onResolve({ filter: /^[^./#]/ }, async ({ path }) =>
        packages.includes(path) ? { path: await fileOf(path), external: true } : undefined,
      );
      onResolve(
        { filter: new RegExp(`/(?:${sources.join('|')})$`) },
        async ({ path, pluginData, ...options }) => {
          if (pluginData === 'resolving') return undefined;
          const resolved = await resolve(path, { ...options, pluginData: 'resolving' });
          const name = loaded.get(resolved.path);
          return name === undefined ? resolved : { path: await fileOf(name), external: true };
        },
      );
    },
  };
}
