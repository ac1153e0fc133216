import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, rename, rm, statfs } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { readGateSettings } from '#engines/config/early.ts';
import type { Context } from '#engines/core/context.ts';
import { modelDirectory } from '#engines/models/place.ts';
import { store } from '#engines/store/store.ts';
import { stemOf } from './board.ts';
import { type Part, partsOf } from './multipart.ts';
import { forgetKept, type KeptModel, readKept, writeKept } from './records.ts';
import { Refusal, refuse } from './refusal.ts';

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;

/** Begins the name of a directory whose model has not come as a whole. */
const COMING = '.gate-';

/** Bytes of a name. */
const LONGEST = 1_000;

interface Sent {
  chunks: AsyncIterable<Uint8Array>;
  boundary: string;
  /** Bytes of the request; absent where it does not say. */
  length?: number;
}

/** Where models are put that the gateway is given; undefined where nothing says so. */
export function keepDirectory(context: Context): string | undefined {
  const own = readGateSettings(context)['gate.models'];
  return own === ''
    ? modelDirectory(context)
    : resolve(context.paths.home, own.replace(/^~(?=\/|$)/, context.paths.home));
}

/** Puts a model that is sent into a directory of its name. It is there as a whole, or not at all. Throws a refusal. */
export async function keepModel({ chunks, boundary, length }: Sent, context: Context): Promise<KeptModel> {
  const models = requireDirectory(context);
  await mkdir(models, { recursive: true });
  await requireRoom(models, length);
  const coming = join(models, `${COMING}${randomUUID()}`);
  await mkdir(coming);
  try {
    const { name: told, file } = await receive(partsOf(chunks, boundary), coming);
    if (file === undefined) throw refuse(400, 'body-unfit', 'The form has no file.');
    const name = told ?? stemOf(file.name);
    requireName(name);
    const directory = join(models, name);
    await putInPlace(coming, directory, name);
    const kept = { name, directory, file: file.name, size: file.size, registeredAt: context.now() };
    writeKept(context.use(store), kept);
    return kept;
  } catch (thrown) {
    throw refusalFor(thrown);
  } finally {
    await rm(coming, { recursive: true, force: true });
  }
}

/** Removes a model that the gateway was given, and nothing else. Throws a refusal. */
export async function removeModel(name: string, known: readonly string[], context: Context): Promise<void> {
  const opened = context.use(store);
  const kept = readKept(opened).find((one) => one.name === name);
  if (!kept) {
    if (!known.includes(name)) throw refuse(404, 'model-unknown', `There is no model ${name}.`);
    throw refuse(409, 'model-not-ours', `${name} was not given to this gateway, which leaves it alone.`);
  }
  await rm(join(kept.directory, kept.file), { force: true });
  // Where somebody has put something beside it, that stays.
  const left = await readdir(kept.directory).catch(() => []);
  if (left.length === 0) await rm(kept.directory, { recursive: true, force: true });
  forgetKept(opened, name);
}

/** What was coming when the daemon was killed comes no more. */
export async function clearComing(context: Context): Promise<void> {
  const models = keepDirectory(context);
  if (models === undefined) return;
  const names = await readdir(models).catch(() => []);
  for (const name of names.filter((one) => one.startsWith(COMING)))
    await rm(join(models, name), { recursive: true, force: true });
}

function requireDirectory(context: Context): string {
  const models = keepDirectory(context);
  if (models !== undefined) return models;
  const how = 'gantry config set gate.models DIRECTORY';
  throw refuse(409, 'models-nowhere', `Nothing says where models are kept on this machine: ${how}`);
}

function requireName(name: string): void {
  if (NAME.test(name)) return;
  throw refuse(400, 'name-unfit', 'name: expected letters, digits, dots, dashes and underscores.');
}

async function requireRoom(models: string, length: number | undefined): Promise<void> {
  if (length === undefined) return;
  const { bavail, bsize } = await statfs(models);
  if (bavail * bsize < length) throw refuse(507, 'disk-full', 'There is no room for that model.');
}

interface File {
  name: string;
  size: number;
}

async function receive(parts: AsyncIterable<Part>, coming: string): Promise<{ name?: string; file?: File }> {
  let name: string | undefined;
  let file: File | undefined;
  for await (const part of parts) {
    if (part.name === 'name') name = await shortText(part.body);
    if (part.name !== 'file' || file) continue;
    const given = basename((part.filename ?? '').replaceAll('\\', '/'));
    if (!NAME.test(given)) throw refuse(400, 'name-unfit', 'The file has no name that can be kept.');
    file = { name: given, size: await write(part.body, join(coming, given)) };
  }
  return { name, file };
}

async function shortText(body: AsyncIterable<Buffer>): Promise<string> {
  let read = Buffer.alloc(0);
  for await (const chunk of body) {
    read = Buffer.concat([read, chunk]);
    if (read.length > LONGEST) throw refuse(400, 'name-unfit', 'name: it is too long.');
  }
  return read.toString('utf8');
}

/** Bytes. */
const SYNC_EVERY = 64 * 1_048_576;

async function write(body: AsyncIterable<Buffer>, path: string): Promise<number> {
  const handle = await open(path, 'wx', 0o644);
  try {
    let size = 0;
    let unsynced = 0;
    for await (const chunk of body) {
      await writeWhole(handle, chunk);
      size += chunk.length;
      unsynced += chunk.length;
      if (unsynced < SYNC_EVERY) continue;
      // Whoever sends is slowed down by the disk now, and need not wait for all of it at the end.
      await handle.datasync();
      unsynced = 0;
    }
    if (size === 0) throw refuse(400, 'body-unfit', 'The file is empty.');
    await handle.sync();
    return size;
  } finally {
    await handle.close();
  }
}

async function writeWhole(handle: FileHandle, chunk: Buffer): Promise<void> {
  for (let from = 0; from < chunk.length; ) {
    const { bytesWritten } = await handle.write(chunk, from);
    from += bytesWritten;
  }
}

/** A directory takes the place of none that has anything in it. */
async function putInPlace(coming: string, directory: string, name: string): Promise<void> {
  try {
    await rename(coming, directory);
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    if (!['EEXIST', 'ENOTEMPTY', 'ENOTDIR'].includes(code ?? '')) throw thrown;
    throw refuse(409, 'model-exists', `There is a model ${name} already, which was left as it is.`);
  }
}

const FULL: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT']);
const DENIED: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'EROFS']);

function refusalFor(thrown: unknown): unknown {
  if (thrown instanceof Refusal) return thrown;
  const { code = '' } = thrown as NodeJS.ErrnoException;
  if (FULL.has(code)) return refuse(507, 'disk-full', 'There is no room for that model.', thrown);
  if (DENIED.has(code)) return refuse(500, 'disk-denied', 'The model directory can not be written.', thrown);
  return thrown;
}
