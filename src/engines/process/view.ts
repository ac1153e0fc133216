import { lstat, open, readFile, readlink, rename, rm, symlink } from 'node:fs/promises';

/** Appears whole under its name, in place of a link that somebody left there. */
export async function putView(file: string, text: string): Promise<void> {
  const isLink = (await lstat(file).catch(() => undefined))?.isSymbolicLink() ?? false;
  if (!isLink && (await readFile(file, 'utf8').catch(() => undefined)) === text) return;
  await replace(file, async (unready) => {
    await using handle = await open(unready, 'wx');
    await handle.writeFile(text);
  });
}

/** The same of a link. */
export async function linkView(target: string, path: string): Promise<void> {
  if ((await readlink(path).catch(() => undefined)) === target) return;
  await replace(path, (unready) => symlink(target, unready));
}

async function replace(path: string, write: (unready: string) => Promise<void>): Promise<void> {
  const unready = `${path}.new`;
  await rm(unready, { force: true });
  await write(unready);
  await rename(unready, path);
}
