import { type FileHandle, open, readFile, stat } from 'node:fs/promises';

export interface LogReader {
  /** The whole lines that came since the last call. */
  next(): Promise<string[]>;
  close(): Promise<void>;
}

/**
 * Reads a log from its newest file on and follows it through rotations. The files are given oldest first;
 * those that are not there yet have no lines yet.
 */
export function openLogReader(files: readonly string[]): LogReader {
  let handle: FileHandle | undefined;
  let begun: Buffer = Buffer.alloc(0);

  async function next(): Promise<string[]> {
    const lines: string[] = [];
    for (const file of await unread()) {
      // What was written between the last look and the rotation.
      if (handle) lines.push(...(await rest(handle)));
      await handle?.close();
      handle = await open(file).catch(() => undefined);
    }
    return handle ? [...lines, ...(await rest(handle))] : lines;
  }

  /** The files that came after the one that is being read. */
  async function unread(): Promise<readonly string[]> {
    if (!handle) return files.slice(-1);
    const inodes = await Promise.all(files.map(inodeOf));
    return files.slice(inodes.indexOf((await handle.stat()).ino) + 1);
  }

  async function rest(from: FileHandle): Promise<string[]> {
    const bytes = Buffer.concat([begun, await from.readFile()]);
    const end = bytes.lastIndexOf('\n') + 1;
    begun = bytes.subarray(end);
    return linesIn(bytes.subarray(0, end));
  }

  return { next, close: async () => handle?.close() };
}

/** The lines of a file that nobody appends to; none where there is no such file. */
export async function linesOfFile(file: string): Promise<string[]> {
  return linesIn(await readFile(file).catch(() => Buffer.alloc(0)));
}

function linesIn(bytes: Buffer): string[] {
  const text = bytes.toString();
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}

async function inodeOf(file: string): Promise<number | undefined> {
  return (await stat(file).catch(() => undefined))?.ino;
}
