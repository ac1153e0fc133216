import { parseArgs } from 'node:util';
import { build, buildIfStale } from './build/build.ts';
import { removeAll } from './build/put.ts';

// Bundles src into dist. `--if-stale` builds only what changed since the last build, `--clean` removes that build first.
const { values } = parseArgs({
  options: { 'if-stale': { type: 'boolean', default: false }, clean: { type: 'boolean', default: false } },
});

if (values.clean) removeAll();

try {
  const built = values['if-stale'] ? await buildIfStale() : await build();
  if (built) {
    console.log(
      `Built ${built.files} files, ${Math.round(built.bytes / 1024)} KiB, in ${built.milliseconds} ms.`,
    );
  }
} catch (error) {
  console.error(`The build failed: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
