import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileOf } from '../../../src/engines/download/hub/file.ts';
import { openLine } from '../../../src/engines/download/line.ts';
import { openLimit } from '../../../src/engines/download/transfer/limit.ts';
import {
  openTransfer,
  type Transfer,
  type TransferOptions,
} from '../../../src/engines/download/transfer/transfer.ts';
import { startHub, type TestHub } from './hub.ts';

export const REPO = 'owner/model';
export const FILE = 'weights/model.gguf';

/** A hub with one file, and a directory that it is fetched into. */
export interface Stage extends AsyncDisposable {
  hub: TestHub;
  bytes: Buffer;
  directory: string;
  /** Where the file is once it is whole. */
  path: string;
  /** What a person was told. */
  told: string[];
  begin(over?: Partial<TransferOptions>): Promise<Transfer>;
  /** What lies in the directory, but for the names by which the hub's own tools know it. */
  left(): Promise<string[]>;
}

export async function openStage(bytes: Buffer = randomBytes(SIZE)): Promise<Stage> {
  const hub = await startHub();
  const directory = mkdtempSync(join(tmpdir(), 'download-'));
  const line = openLine({});
  const told: string[] = [];
  const stop = new AbortController();
  hub.put(REPO, FILE, bytes);
  return {
    ...{ hub, bytes, directory, told },
    path: join(directory, FILE),
    async begin(over = {}) {
      const own = { endpoint: hub.url };
      const place = { repo: REPO, revision: 'main', file: FILE };
      const file = await fileOf(place, { hub: own, line, signal: stop.signal });
      const transfer = openTransfer({
        ...{ file, directory, sha256: null, hub: own, line, connections: 4 },
        ...{ tries: 5, again: () => 1, silence: 10_000, now: Date.now, signal: stop.signal },
        limit: openLimit(() => 0, Date.now),
        tell: (text) => void told.push(text),
        ...over,
      });
      // A test that is over waits for it no longer.
      transfer.done.catch(() => undefined);
      return transfer;
    },
    async left() {
      const all = await readdir(directory, { recursive: true, withFileTypes: true });
      return all.flatMap((one) => (one.isFile() && !MARKS.test(one.name) ? [one.name] : [])).toSorted();
    },
    async [Symbol.asyncDispose]() {
      stop.abort();
      line.close();
      await hub.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Several chunks, and a last one that is not full. */
const SIZE = 21 * 1024 * 1024 + 17;
const MARKS = /^(?:\.gitignore|CACHEDIR\.TAG|.*\.(?:metadata|gantry))$/;
