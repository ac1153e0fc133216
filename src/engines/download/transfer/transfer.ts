import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { GantryError } from '#engines/core/errors.ts';
import { quote } from '#engines/core/shell.ts';
import { downloadError } from '../errors.ts';
import type { HubFile } from '../hub/file.ts';
import type { Hub } from '../hub/hub.ts';
import type { Line } from '../line.ts';
import { type Digests, openChecker } from './checker.ts';
import { bytesWritten, chunksOf } from './chunks.ts';
import { fetchAll, type Waiting } from './fetch.ts';
import { openJournal } from './journal.ts';
import { type Layout, layoutOf, makeLayout } from './layout.ts';
import type { Limit } from './limit.ts';
import { takePlace } from './lock.ts';
import { knownFile, writeMetadata } from './metadata.ts';
import { diskProblem, Passing } from './passing.ts';
import { requireRoom } from './room.ts';
import { openSource } from './source.ts';

export interface TransferOptions {
  file: HubFile;
  /** Where the repository's files are put, each at its path in the repository. */
  directory: string;
  /** What the bytes have to come to, where somebody other than the hub says so. */
  sha256: string | null;
  hub: Hub;
  line: Line;
  limit: Limit;
  /** How many ranges are fetched at once. */
  connections: number;
  /** How often in a row nothing may come before it is given up. */
  tries: number;
  /** Milliseconds before a try, by how many have failed. */
  again(failures: number): number;
  /** Milliseconds of silence after which a connection is given up. */
  silence: number;
  now(): number;
  signal: AbortSignal;
  /** What a person should know besides. */
  tell(text: string): void;
}

/** How far a transfer has come. */
export interface Progress {
  /** Bytes that have come, on the disk or about to be. */
  received: number;
  /** Bytes that were read back and are as they came. */
  checked: number;
  waiting: Waiting | null;
}

export interface Transfer {
  progress(): Progress;
  /** SHA-256 of the file, once it is there under its name. */
  done: Promise<string | null>;
}

/** Fetches one file, from wherever an earlier transfer of it was left. */
export function openTransfer(options: TransferOptions): Transfer {
  let progress: () => Progress = () => ({ received: 0, checked: 0, waiting: null });
  const done = transferred(options, (of) => {
    progress = of;
  });
  return { progress: () => progress(), done };
}

type Showing = (progress: () => Progress) => void;

async function transferred(options: TransferOptions, show: Showing): Promise<string | null> {
  const { file, directory, signal } = options;
  const layout = layoutOf({ directory, ...file });
  try {
    await makeLayout(directory, layout);
    const place = await takePlace(layout.lock, { signal, waits: (words) => show(waitingFor(words)) });
    try {
      const known = await knownFile(layout, file);
      if (known) return known.sha256;
      return await twice(options, (isLast) => attempt(options, layout, { show, isLast }));
    } finally {
      place.release();
    }
  } catch (thrown) {
    const problem = diskProblem(thrown, directory);
    if (problem instanceof Passing) throw full(directory, problem);
    throw problem ?? thrown;
  }
}

function waitingFor(words: string): () => Progress {
  return () => ({ received: 0, checked: 0, waiting: { reason: 'other', words, until: null } });
}

/** What came broken once may have been broken on its way; twice, it is what there is. */
async function twice<T>({ tell }: TransferOptions, attempt: (isLast: boolean) => Promise<T>): Promise<T> {
  try {
    return await attempt(false);
  } catch (thrown) {
    if (!(thrown instanceof Broken)) throw thrown;
    tell(`${thrown.message}; it was put aside, and is fetched once more`);
    return attempt(true);
  }
}

/** What came is not what was promised. */
class Broken extends Error {
  override readonly name = 'Broken';
}

interface Attempt {
  show: Showing;
  isLast: boolean;
}

async function attempt(options: TransferOptions, layout: Layout, { show, isLast }: Attempt) {
  const { file, directory } = options;
  const chunks = chunksOf(file.size);
  const journal = openJournal(layout.journal, chunks);
  const part = await openPart(layout.part, file.size);
  try {
    await requireRoom(directory, file.size - bytesWritten(chunks));
    const isBlob = /^[0-9a-f]{40}$/.test(file.etag);
    const fetching = fetchAll({
      ...options,
      ...{ chunks, journal, part },
      source: openSource(options),
      openChecker: (hear) => openChecker({ file: layout.part, chunks, isBlob, ...hear }),
    });
    show(fetching.progress);
    const digests = await fetching.done;
    const problem = problemOf(digests, options);
    if (problem !== undefined) return await putAside(problem, { options, layout, isLast });
    await part.sync();
    await writeMetadata(layout, file, options.now());
    await rename(layout.part, layout.path);
    await syncDirectory(dirname(layout.path));
    await rm(layout.journal, { force: true });
    return digests.sha256;
  } finally {
    journal.close();
    await part.close();
  }
}

/** A file with room for all that is to come; what is there of it stays. */
async function openPart(path: string, size: number): Promise<FileHandle> {
  const part = await open(path, 'a').then(async (made) => {
    await made.close();
    return open(path, 'r+');
  });
  if ((await part.stat()).size !== size) await part.truncate(size);
  return part;
}

function problemOf({ sha256, blob }: Digests, { file, sha256: told }: TransferOptions): string | undefined {
  const { etag, file: name } = file;
  const promised = /^[0-9a-f]{64}$/.test(etag) ? etag : undefined;
  if (promised !== undefined && sha256 !== promised) {
    return `${name} has the SHA-256 ${sha256}, and the hub promised ${promised}`;
  }
  if (blob !== null && blob !== etag) return `${name} is ${blob} to git, and the hub promised ${etag}`;
  if (told !== null && sha256 !== told) {
    return `${name} has the SHA-256 ${sha256}, and the catalog says ${told}`;
  }
  return undefined;
}

interface Aside extends Pick<Attempt, 'isLast'> {
  options: TransferOptions;
  layout: Layout;
}

async function putAside(problem: string, { options, layout, isLast }: Aside): Promise<never> {
  await rm(layout.journal, { force: true });
  await rename(layout.part, layout.corrupt);
  if (!isLast) throw new Broken(problem);
  throw corrupt(problem, options.file, layout);
}

function corrupt(problem: string, { repo, file }: HubFile, layout: Layout): GantryError {
  return downloadError('bytes-corrupt', `${problem}, twice.`, {
    next: [`gantry models retry ${quote(`${repo}/${file}`)}`, `sha256sum ${quote(layout.corrupt)}`],
    details: { repo, file, aside: layout.corrupt },
  });
}

function full(directory: string, { message }: Passing): GantryError {
  return downloadError('room-short', `${directory}: ${message}.`, {
    next: [`df -h ${quote(directory)}`, 'gantry models usage'],
  });
}

/** The new name outlives a power cut as well. */
async function syncDirectory(directory: string): Promise<void> {
  const opened = await open(directory, 'r');
  try {
    await opened.sync();
  } finally {
    await opened.close();
  }
}
