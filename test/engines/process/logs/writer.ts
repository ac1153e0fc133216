import { writeSync } from 'node:fs';

/** Lines that go out with one call. */
const AT_ONCE = 10;

// Writes as many numbered lines of 100 bytes as it is told to.
let next = 0;

process.on('message', (lines: number) => {
  for (const last = next + lines; next < last; next += AT_ONCE)
    writeSync(1, portion(Math.min(AT_ONCE, last - next)));
  process.send?.(next);
});
process.on('disconnect', () => process.exit());

function portion(lines: number): string {
  return Array.from({ length: lines }, (_, index) => `${String(next + index).padStart(99, '.')}\n`).join('');
}
