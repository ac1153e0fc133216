import { createHash, randomBytes } from 'node:crypto';
import { openSync, readFileSync, writeSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CHUNK } from '#engines/download/transfer/chunks.ts';
import { layoutOf } from '#engines/download/transfer/layout.ts';
import type { Fault } from '../../rig/hub/hub.ts';
import { FILE, openStage, REPO, type Stage } from '../../rig/hub/transfer.ts';
import { until } from '../../rig/until.ts';

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

async function expectWhole({ path, bytes, left }: Stage): Promise<void> {
  expect(sha256(await readFile(path))).toBe(sha256(bytes));
  expect(await left()).toEqual(['model.gguf']);
}

/** Begins, and leaves when at least so many chunks are on record. */
async function breakOff(stage: Stage, chunks: number): Promise<void> {
  const leaving = new AbortController();
  const transfer = await stage.begin({ signal: leaving.signal });
  const journal = journalOf(stage);
  await until(() => linesOf(journal) > chunks, { what: `${chunks} chunks` });
  leaving.abort();
  await expect(transfer.done).rejects.toThrow('aborted');
}

function journalOf({ directory, bytes }: Stage): string {
  return layoutOf({ directory, file: FILE, etag: sha256(bytes) }).journal;
}

function linesOf(journal: string): number {
  try {
    return readFileSync(journal, 'latin1').split('\n').length - 1;
  } catch {
    return 0;
  }
}

/** Those that are on record. */
function chunksIn(journal: string): number[] {
  const [, ...lines] = readFileSync(journal, 'latin1').trim().split('\n');
  return lines.map((line) => Number.parseInt(line, 10));
}

describe('a file comes', () => {
  test('in ranges, at once, and under its name when it is whole and what was promised', async () => {
    await using stage = await openStage();
    expect(await (await stage.begin()).done).toBe(sha256(stage.bytes));
    await expectWhole(stage);
    expect(stage.hub.sent()).toBe(stage.bytes.length);
    expect(stage.hub.asked.filter(({ isBytes }) => isBytes).length).toBeGreaterThan(1);
  });

  test('with what the tools of the hub know it by', async () => {
    await using stage = await openStage();
    await (await stage.begin()).done;
    const { metadata } = layoutOf({ directory: stage.directory, file: FILE, etag: '' });
    const [commit, etag, at] = (await readFile(metadata, 'utf8')).split('\n');
    expect(commit).toMatch(/^[0-9a-f]{40}$/);
    expect(etag).toBe(sha256(stage.bytes));
    expect(Number(at)).toBeGreaterThan(1_700_000_000);
  });

  test('not at all where it is there already, whoever fetched it', async () => {
    await using stage = await openStage();
    await (await stage.begin()).done;
    const before = stage.hub.sent();
    expect(await (await stage.begin()).done).toBe(sha256(stage.bytes));
    expect(stage.hub.sent()).toBe(before);
  });

  test.each([0, 1, CHUNK - 1, CHUNK, CHUNK + 1])('of %d bytes', async (size) => {
    await using stage = await openStage(randomBytes(size));
    expect(await (await stage.begin()).done).toBe(sha256(stage.bytes));
    await expectWhole(stage);
  });

  test('and is compared with what git calls it, where the hub has it in git', async () => {
    await using stage = await openStage(randomBytes(1_000));
    stage.hub.put(REPO, FILE, stage.bytes, { isLarge: false });
    expect(await (await stage.begin()).done).toBe(sha256(stage.bytes));
    await expectWhole(stage);
  });

  test('from a mirror that has the bytes at its own address', async () => {
    await using stage = await openStage();
    stage.hub.isMirror = true;
    expect(await (await stage.begin()).done).toBe(sha256(stage.bytes));
    await expectWhole(stage);
  });

  test('from a server that knows no ranges', async () => {
    await using stage = await openStage();
    stage.hub.fault = ({ isBytes }) => (isBytes ? { whole: true } : undefined);
    await (await stage.begin({ connections: 1 })).done;
    await expectWhole(stage);
  });

  test('once, where two ask for it at the same time', async () => {
    await using stage = await openStage();
    const both = await Promise.all([stage.begin(), stage.begin()]);
    await Promise.all(both.map(({ done }) => done));
    await expectWhole(stage);
    expect(stage.hub.sent()).toBe(stage.bytes.length);
  });
});

describe('what was broken off goes on from where it was', () => {
  test('with no byte that is on record fetched again', async () => {
    await using stage = await openStage();
    await breakOff(stage, 2);
    const known = chunksIn(journalOf(stage));
    const before = stage.hub.asked.length;
    await (await stage.begin()).done;
    const asked = stage.hub.asked
      .slice(before)
      .flatMap(({ isBytes, range }) => (isBytes && range ? [range] : []));
    const twice = asked.filter(({ start, end }) =>
      known.some((at) => at * CHUNK >= start && at * CHUNK <= end),
    );
    expect({ known: known.length > 0, twice }).toEqual({ known: true, twice: [] });
    await expectWhole(stage);
  });

  test('but for a chunk that the disk has changed since', async () => {
    await using stage = await openStage();
    await breakOff(stage, 3);
    const journal = journalOf(stage);
    const [, line = ''] = readFileSync(journal, 'latin1').split('\n');
    const [chunk] = line.split(' ');
    const { part } = layoutOf({ directory: stage.directory, file: FILE, etag: sha256(stage.bytes) });
    const at = Number(chunk) * CHUNK + 5;
    writeSync(openSync(part, 'r+'), Buffer.from([(stage.bytes[at] ?? 0) ^ 1]), 0, 1, at);
    await (await stage.begin()).done;
    expect(stage.told).toEqual([expect.stringContaining('had changed on the disk')]);
    await expectWhole(stage);
  });

  test('whatever a crash has torn of its journal', async () => {
    await using stage = await openStage();
    await breakOff(stage, 2);
    const journal = journalOf(stage);
    await writeFile(journal, `${readFileSync(journal, 'latin1')}4 12`);
    await (await stage.begin()).done;
    await expectWhole(stage);
  });

  test.each([1, 3_000_000, CHUNK])('over connections that are cut after %d bytes', async (cutAfter) => {
    await using stage = await openStage();
    let cuts = 0;
    stage.hub.fault = ({ isBytes }) => {
      if (!isBytes || cuts >= 8) return undefined;
      cuts += 1;
      return { cutAfter };
    };
    await (await stage.begin({ tries: 20 })).done;
    await expectWhole(stage);
  });
});

describe('a file that changes on the hub', () => {
  test('before its bytes are asked for, is not mixed with the one that was promised', async () => {
    await using stage = await openStage();
    stage.hub.fault = ({ method, path }) => {
      if (method === 'GET' && path.includes('/resolve/')) stage.hub.put(REPO, FILE, randomBytes(1_000));
      return undefined;
    };
    await expect((await stage.begin()).done).rejects.toThrow('changed');
    expect(await stage.left()).not.toContain('model.gguf');
  });

  test('while its bytes come, neither', async () => {
    await using stage = await openStage();
    let asked = 0;
    stage.hub.fault = ({ isBytes }) => {
      asked += isBytes ? 1 : 0;
      if (asked === 5) stage.hub.put(REPO, FILE, randomBytes(stage.bytes.length + 1));
      return undefined;
    };
    await expect((await stage.begin()).done).rejects.toThrow('changed');
    expect(await stage.left()).not.toContain('model.gguf');
  });
});

describe('bytes that are not what was promised', () => {
  const broken = (piece: Buffer, position: number) => {
    if (position === 0) piece[0] = (piece[0] ?? 0) ^ 1;
    return piece;
  };

  test('are put aside, told of, and fetched once more', async () => {
    await using stage = await openStage();
    let isFirst = true;
    stage.hub.fault = ({ isBytes, range }) => {
      if (!isBytes || range?.start !== 0 || !isFirst) return undefined;
      isFirst = false;
      return { change: broken };
    };
    await (await stage.begin()).done;
    expect(stage.told).toEqual([expect.stringContaining('and the hub promised')]);
    expect(sha256(await readFile(stage.path))).toBe(sha256(stage.bytes));
    expect(await stage.left()).toEqual(['model.gguf', expect.stringMatching(/\.corrupt$/)]);
  });

  test('never get the name of the file', async () => {
    await using stage = await openStage();
    stage.hub.fault = ({ isBytes }) => (isBytes ? { change: broken } : undefined);
    await expect((await stage.begin()).done).rejects.toMatchObject({ failure: { code: 'bytes-corrupt' } });
    expect(await stage.left()).toEqual([expect.stringMatching(/\.corrupt$/)]);
  });

  test('are those as well of which a catalog says something else', async () => {
    await using stage = await openStage(randomBytes(1_000));
    const transfer = await stage.begin({ sha256: sha256(Buffer.from('another')) });
    await expect(transfer.done).rejects.toMatchObject({ failure: { code: 'bytes-corrupt' } });
  });
});

describe('what keeps a file from coming is told of', () => {
  test.each<[string, Fault, string, number?]>([
    ['a server that falls silent', { stallAfter: 100 }, 'server', 500],
    ['a server that is not well', { status: 503 }, 'server'],
    ['one that wants to be left alone', { status: 429, headers: { 'retry-after': '3600' } }, 'limit'],
    ['a connection that is cut', { cutAfter: 0 }, 'line'],
  ])('%s', async (_, fault, reason, silence = 10_000) => {
    await using stage = await openStage();
    stage.hub.fault = ({ isBytes }) => (isBytes ? fault : undefined);
    const transfer = await stage.begin({ again: () => 3_600_000, silence });
    const waiting = await until(() => transfer.progress().waiting, { what: 'something that is waited for' });
    expect(waiting).toMatchObject({ reason, until: expect.any(Number) });
    stage.hub.fault = undefined;
  });

  test('and where nothing comes for long, it has failed, and what has come is kept', async () => {
    await using stage = await openStage();
    let asked = 0;
    stage.hub.fault = ({ isBytes }) => {
      asked += isBytes ? 1 : 0;
      return isBytes && asked > 2 ? { cutAfter: 0 } : undefined;
    };
    const transfer = await stage.begin({ connections: 1, tries: 3 });
    await expect(transfer.done).rejects.toMatchObject({ failure: { code: 'download-stalled' } });
    stage.hub.fault = undefined;
    const before = stage.hub.asked.length;
    await (await stage.begin()).done;
    const again = stage.hub.asked.slice(before).filter(({ isBytes, range }) => isBytes && range?.start === 0);
    expect(again).toEqual([]);
    await expectWhole(stage);
  });

  test('a signed address that no longer holds is asked for anew', async () => {
    await using stage = await openStage();
    let refusals = 2;
    stage.hub.fault = ({ isBytes }) => (isBytes && refusals-- > 0 ? { status: 403 } : undefined);
    await (await stage.begin()).done;
    await expectWhole(stage);
  });

  test('a file where a directory has to be', async () => {
    await using stage = await openStage(randomBytes(10));
    await writeFile(join(stage.directory, 'weights'), 'taken');
    await expect((await stage.begin()).done).rejects.toThrow('takes no files');
    expect(stage.hub.sent()).toBe(0);
  });
});
