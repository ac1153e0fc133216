import { join } from 'node:path';
import { dist } from './entries.ts';
import { bundlesOf } from './esbuild.ts';
import { entryFile, filesOf } from './files.ts';
import { mends, requireAllUsed } from './mends.ts';
import { notices } from './notices.ts';
import { onlyOutput, partsOf } from './parts.ts';

export type Bundle = { path: string; text: string };

/** The files of the program; the last is the one that is started, and names the others. */
export async function bundleAll(): Promise<Bundle[]> {
  const mend = mends();
  const bundles = await bundlesOf(mend.plugin);
  requireAllUsed(mend.used);
  const { parts, entry } = await partsOf(bundles);
  const files = filesOf(parts);
  const inputs = [bundles.shared, ...bundles.alone.values()].map(({ metafile }) => metafile.inputs);
  return [
    { path: join(dist, 'notices.txt'), text: notices(Object.assign({}, ...inputs)) },
    ...files,
    entryFile({ files, parts, linker: onlyOutput(bundles.linker).text, main: entry }),
  ];
}
