import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { World } from '../home.ts';

/** The hf command as far as a download goes: it asks the hub of HF_ENDPOINT, tells how far it is, and writes what hf writes. */
const HF = `
import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const args = process.argv.slice(2);
appendFileSync(process.env.HF_CALLS, JSON.stringify(args) + '\\n');
const [, repo, ...rest] = args;
const directory = rest[rest.indexOf('--local-dir') + 1];
const named = rest[0] === '--local-dir' ? undefined : rest[0];
const listed = async () => (await (await fetch(process.env.HF_ENDPOINT + '/api/models/' + repo + '/tree/main')).json()).map(({ path }) => path);
for (const file of named === undefined ? await listed() : [named]) {
  const answer = await fetch(process.env.HF_ENDPOINT + '/' + repo + '/resolve/main/' + file);
  if (!answer.ok) {
    console.error('Error: ' + answer.status + ' Client Error. Entry Not Found for url');
    process.exit(1);
  }
  const bytes = Buffer.from(await answer.arrayBuffer());
  for (const share of [1, 50, 100]) process.stderr.write('\\r' + file + ': ' + share + '%|####|');
  const metadata = join(directory, '.cache/huggingface/download', file + '.metadata');
  for (const path of [join(directory, file), metadata]) mkdirSync(dirname(path), { recursive: true });
  writeFileSync(join(directory, file), bytes);
  const etag = createHash('sha256').update(bytes).digest('hex');
  writeFileSync(metadata, ['c0ffee0000000000000000000000000000000001', etag, Date.now() / 1000, ''].join('\\n'));
}
console.log(directory);
`;

/** Makes \`hf\` a command of the world; what it was called with stands in the file that is returned, a line a call. */
export async function installHf(world: World): Promise<string> {
  const [bin, calls] = [world.path('hf-bin'), world.path('hf-calls')];
  await mkdir(bin, { recursive: true });
  await writeFile(join(bin, 'hf.mjs'), HF);
  await writeFile(join(bin, 'hf'), `#!/bin/sh\nexec '${process.execPath}' '${join(bin, 'hf.mjs')}' "$@"\n`);
  await chmod(join(bin, 'hf'), 0o755);
  world.env.PATH = [bin, world.env.PATH].join(delimiter);
  world.env.HF_CALLS = calls;
  return calls;
}
