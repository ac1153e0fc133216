import { createReadStream } from 'node:fs';
import { readlink } from 'node:fs/promises';

/** A file of the commit that is being made: its name in the tree, and where its contents are. */
export type Content =
  | { name: string; bytes: Uint8Array }
  | { name: string; file: Buffer; size: number }
  | { name: string; link: Buffer }
  | { name: string; blob: string }
  | { name: string; tree: string };

export interface NewCommit {
  ref: string;
  /** Seconds since the epoch. */
  at: number;
  message: string;
  parents: string[];
  contents: Content[];
}

/** A file had fewer bytes than it said: somebody writes to it. */
export class Shrunk extends Error {}

/** One commit in git's fast-import language. Without the `done` at its end git makes nothing of it. */
export async function* importStream({ ref, at, message, parents, contents }: NewCommit) {
  yield text(`commit ${ref}\ncommitter Gantry <gantry@localhost> ${at} +0000\n`);
  yield* data(Buffer.from(message));
  yield text(parents.map((oid, index) => `${index === 0 ? 'from' : 'merge'} ${oid}\n`).join(''));
  if (parents.length > 0) yield text('deleteall\n');
  for (const content of contents) yield* modification(content);
  yield text('done\n');
}

async function* modification(content: Content): AsyncGenerator<Uint8Array> {
  if ('blob' in content) return yield text(`M 100644 ${content.blob} ${content.name}\n`);
  if ('tree' in content) return yield text(`M 040000 ${content.tree} ${content.name}\n`);
  yield text(`M 100644 inline ${content.name}\n`);
  if ('bytes' in content) yield* data(content.bytes);
  else if ('link' in content) yield* data(await readlink(content.link, { encoding: 'buffer' }));
  else yield* fileData(content);
}

function* data(bytes: Uint8Array): Generator<Uint8Array> {
  yield text(`data ${bytes.length}\n`);
  yield bytes;
  yield text('\n');
}

async function* fileData({ file, size }: { file: Buffer; size: number }): AsyncGenerator<Uint8Array> {
  yield text(`data ${size}\n`);
  let left = size;
  if (size > 0) {
    for await (const chunk of createReadStream(file, { end: size - 1 })) {
      left -= (chunk as Buffer).length;
      yield chunk as Buffer;
    }
  }
  if (left > 0) throw new Shrunk(`${file} is being written to`);
  yield text('\n');
}

function text(line: string): Uint8Array {
  return Buffer.from(line);
}
