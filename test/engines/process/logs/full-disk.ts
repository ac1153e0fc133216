import { appendFileSync, closeSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { keepLogs } from '../../../../src/engines/process/logs/keep.ts';
import { openForWriting } from '../../../../src/engines/process/logs/open.ts';
import { readLog } from '../../../../src/engines/process/logs/read.ts';
import { allocated, LINE, numbered } from './rig.ts';

// A log that has to be shortened when its disk is full, and what came of it.
const [disk = '', size, count] = process.argv.slice(2);
const dir = join(disk, 'log');
const retention = { size: Number(size), count: Number(count) };
const output = openForWriting(dir);
let written = 0;

const first = keeper();
write(10);
await first.settle();
await first.close();
write((retention.size * (retention.count + 3)) / LINE);
fill();
const held = allocated(dir);

const second = keeper();
await second.settle();
const freed = held - allocated(dir);
const next = write(retention.size / LINE);
await second.settle();

const lines = await Array.fromAsync(readLog(dir, { now: Date.now, signal: new AbortController().signal }));
const wrong = lines.filter(({ text }, index) => text !== numbered(written - lines.length + index));
const trouble = second.trouble(dir)?.code ?? null;
console.log(JSON.stringify({ freed, next, kept: lines.length, wrong: wrong.length, trouble }));
closeSync(output);
await second.close();

function keeper() {
  const opened = keepLogs({ now: Date.now, env: process.env });
  opened.add(dir, retention);
  return opened;
}

function write(lines: number): number {
  for (let line = 0; line < lines; line += 1) writeSync(output, `${numbered(written++)}\n`);
  return Math.ceil(lines);
}

/** Takes all the room that is left. */
function fill(): void {
  for (let bytes = 2 ** 16; bytes >= 1; bytes /= 2) {
    try {
      for (;;) appendFileSync(join(disk, 'filler'), Buffer.alloc(bytes, 'x'));
    } catch {
      // No room for so many any more.
    }
  }
}
