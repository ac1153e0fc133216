import { mkdir, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Replaces a file so that a reader, and a crash at any instant, finds either the old text or the new one. */
export async function replaceFile(file: string, text: string): Promise<void> {
  const target = await realpath(file).catch(() => file);
  const folder = dirname(target);
  const mode = await stat(target).then(
    (found) => found.mode & 0o777,
    () => 0o644,
  );
  await mkdir(folder, { recursive: true });
  const temporary = `${target}.${process.pid}.new`;
  try {
    await writeThrough(temporary, { text, mode });
    await rename(temporary, target);
  } catch (thrown) {
    await rm(temporary, { force: true });
    throw thrown;
  }
  await syncFolder(folder);
}

async function writeThrough(file: string, { text, mode }: { text: string; mode: number }): Promise<void> {
  await using handle = await open(file, 'w', mode);
  await handle.writeFile(text);
  await handle.sync();
}

async function syncFolder(folder: string): Promise<void> {
  await using handle = await open(folder, 'r');
  await handle.sync();
}
