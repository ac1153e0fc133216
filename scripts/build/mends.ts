import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Plugin } from 'esbuild';
import { devtools } from './mends/devtools.ts';
import { graphemes } from './mends/graphemes.ts';
import { applyMend, type Mend } from './mends/mend.ts';
import { output } from './mends/output.ts';
import { stringWidth } from './mends/string-width.ts';
import { yoga } from './mends/yoga.ts';
import { zod } from './mends/zod.ts';

export const allMends: Mend[] = [...devtools, ...graphemes, ...output, ...stringWidth, ...yoga, ...zod];

const inPackage = /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/;

// Changes exact versions of packages on their way into the bundle, so that the program starts sooner; unbundled, the
// packages run as published. A version, a file or a piece of text that is not as expected fails the build.
export function mends(): { plugin: Plugin; used: Set<Mend> } {
  const used = new Set<Mend>();
  const plugin: Plugin = {
    name: 'mends',
    setup({ onLoad, onResolve }) {
      onResolve({ filter: /^mend:/ }, ({ path }) => ({
        path: join(import.meta.dirname, 'mends', 'runtime', `${path.slice('mend:'.length)}.ts`),
      }));
      onLoad({ filter: /[\\/]node_modules[\\/].*\.js$/ }, ({ path }) => {
        const mend = allMends.find((candidate) =>
          path.endsWith(join('node_modules', candidate.package, candidate.file)),
        );
        if (mend === undefined) return undefined;
        used.add(mend);
        requireVersion(mend, path);
        return { contents: applyMend(mend, readFileSync(path, 'utf8')), resolveDir: dirname(path) };
      });
    },
  };
  return { plugin, used };
}

export function requireAllUsed(used: Set<Mend>): void {
  const unused = allMends.filter((mend) => !used.has(mend));
  if (unused.length === 0) return;
  const files = unused.map((mend) => `${mend.package}/${mend.file}`);
  throw new Error(`no bundle contains ${files.join(', ')}: remove the mend in scripts/build/mends`);
}

function requireVersion(mend: Mend, path: string): void {
  const directory = inPackage.exec(path)?.[0] ?? dirname(path);
  const { version } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as {
    version: string;
  };
  if (version === mend.version) return;
  throw new Error(
    `${directory} is ${version}, and its mend was written for ${mend.version}: compare both, then update the mend`,
  );
}
