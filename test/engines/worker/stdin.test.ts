import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import type { World } from '../../rig/home.ts';
import { test } from '../../rig/test.ts';

const STDIN = fileURLToPath(new URL('../../../src/engines/worker/infer/stdin.ts', import.meta.url));

/** A program that tells what it reads, until it has read all or is interrupted. */
const reader = async (world: World): Promise<string> => {
  const file = world.path('reader.mjs');
  const program = `import { standardInput } from ${JSON.stringify(STDIN)};
    const stop = new AbortController();
    process.once('SIGINT', () => stop.abort());
    try {
      for await (const chunk of standardInput(stop.signal).setEncoding('utf8')) console.log('read', chunk);
      console.log('all');
    } catch (thrown) {
      console.log(thrown.name);
    }`;
  await writeFile(file, program);
  return file;
};

test('a pipe that has nothing to say can be left', async ({ world }) => {
  const running = world.start(process.execPath, [await reader(world)]);
  running.write('half');
  await running.waitFor(/read half/);
  expect(await running.stop('SIGINT')).toMatchObject({ code: 0, stdout: 'read half\nAbortError\n' });
});

test.for(['printf whole | ', 'printf whole >f; <f '])('%s is read to its end', async (before, { world }) => {
  const line = `${before} '${process.execPath}' '${await reader(world)}'`;
  expect(await world.run('sh', ['-c', line])).toMatchObject({ code: 0, stdout: 'read whole\nall\n' });
});
