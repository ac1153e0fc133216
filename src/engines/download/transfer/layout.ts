import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Where the parts of a download are until it is whole: beside what the hub's own tools keep, which know the place. */
export interface Layout {
  /** The file under its name. */
  path: string;
  /** What has come of it. */
  part: string;
  journal: string;
  lock: string;
  /** What did not come as promised. */
  corrupt: string;
  /** What the hub's own tools know the file by. */
  metadata: string;
}

/** Characters of an entity tag in a name: enough to tell two versions of a file apart. */
const TAG = 16;

export function layoutOf({
  directory,
  file,
  etag,
}: {
  directory: string;
  file: string;
  etag: string;
}): Layout {
  const base = join(cacheOf(directory), 'download', file);
  const tagged = `${base}.${etag.replace(/[^\w-]/g, '_').slice(0, TAG)}`;
  return {
    path: join(directory, file),
    part: `${tagged}.part`,
    journal: `${tagged}.journal`,
    lock: `${tagged}.gantry`,
    corrupt: `${tagged}.corrupt`,
    metadata: `${base}.metadata`,
  };
}

function cacheOf(directory: string): string {
  return join(directory, '.cache', 'huggingface');
}

/** Makes the directories, marked as the hub's own tools mark theirs: no backup needs them, and git leaves them out. */
export async function makeLayout(directory: string, { path, part }: Layout): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await mkdir(dirname(part), { recursive: true });
  await write(join(cacheOf(directory), '.gitignore'), '*');
  await write(
    join(cacheOf(directory), 'CACHEDIR.TAG'),
    'Signature: 8a477f597d28d172789f06886806bc55\n# Cache directory tag: https://bford.info/cachedir/\n',
  );
}

async function write(file: string, text: string): Promise<void> {
  await writeFile(file, text, { flag: 'wx' }).catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code !== 'EEXIST') throw thrown;
  });
}
