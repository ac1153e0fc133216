import { globSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { type BuildOptions, type BuildResult, build, type Plugin } from 'esbuild';
import { alone, dist, doors, entry, lazyModules, packages, root } from './entries.ts';
import { target } from './target.ts';

export type Bundled = BuildResult<{ metafile: true; write: false }>;

/** How one bundle names the module that another begins with. */
export const BEGINNING = 'begins-with:';

const source = join(root, 'src');
const common = {
  ...target,
  absWorkingDir: root,
  outdir: dist,
  bundle: true,
  format: 'esm',
  jsx: 'automatic',
  legalComments: 'none',
  define: { 'process.env.NODE_ENV': '"production"' },
  metafile: true,
  write: false,
} as const satisfies BuildOptions;

export interface Bundles {
  /** Taken apart by who needs what, so that each module is there once. */
  shared: Bundled;
  /** By the name of its file. */
  alone: ReadonlyMap<string, Bundled>;
  entry: Bundled;
  /** A script that defines `__linker`. */
  linker: Bundled;
}

export async function bundlesOf(mend: Plugin): Promise<Bundles> {
  const apart = Object.values(alone);
  const one = (module: string) => {
    const others = [...apart, ...doors].filter((other) => other !== module);
    return build({ ...common, entryPoints: [join(source, module)], plugins: [leavingOut(others), mend] });
  };
  const [shared, main, linker, ...singles] = await Promise.all([
    build({
      ...common,
      entryPoints: beginnings(),
      splitting: true,
      plugins: [leavingOut(apart), cardsAsText, mend],
    }),
    one(entry),
    build({
      ...common,
      entryPoints: [join(import.meta.dirname, 'runtime', 'linker.ts')],
      format: 'iife',
      globalName: '__linker',
    }),
    ...apart.map(one),
  ]);
  const names = Object.keys(alone);
  return {
    shared,
    entry: main,
    linker,
    alone: new Map(singles.map((bundle, at) => [names[at] as string, bundle])),
  };
}

/** An output of its own is what is loaded by itself; esbuild adds what `import()` names. */
function beginnings() {
  const lazy = globSync('**/*.ts', { cwd: source }).filter((module) => lazyModules.test(module));
  return [
    ...[...doors, ...lazy].map((module) => ({ in: join(source, module), out: module })),
    ...packages.map((name) => ({ in: name, out: join('packages', name) })),
  ];
}

/** As text that is parsed when a card is asked for: V8 takes ten times as long to bring back an object that is code. */
const cardsAsText: Plugin = {
  name: 'cards-as-text',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]registry[\\/]cards[\\/]\w+\.ts$/ }, ({ path }) => {
      const [, head, cards] = /^(.*? = )(\[.*\]);\n$/s.exec(readFileSync(path, 'utf8')) ?? [];
      if (!head || !cards) throw new Error(`${path} is not what the registry writes`);
      const text = JSON.stringify(JSON.parse(cards));
      return { contents: `${head}JSON.parse(${JSON.stringify(text)});`, loader: 'ts' };
    });
  },
};

function leavingOut(modules: readonly string[]): Plugin {
  const names = modules.map((module) => basename(module).replace('.', '\\.'));
  return {
    name: 'leaving-out',
    setup({ onResolve, resolve }) {
      onResolve(
        { filter: new RegExp(`/(?:${names.join('|')})$`) },
        async ({ path, pluginData, ...options }) => {
          if (pluginData === 'resolving') return undefined;
          const resolved = await resolve(path, { ...options, pluginData: 'resolving' });
          const module = relative(source, resolved.path);
          return modules.includes(module) ? { path: `${BEGINNING}${module}`, external: true } : resolved;
        },
      );
    },
  };
}
