import fc from 'fast-check';
import { expect, test } from 'vitest';
import { terse } from '#app/tui/terminal/terse.ts';
import { createEmulator } from '../../../rig/emulator.ts';

const pictureOf = async (bytes: string) => {
  const emulator = createEmulator({ cols: 20, rows: 8, onAnswer: () => {}, onIdle: () => {} });
  emulator.write(Buffer.from(bytes), () => {});
  await emulator.flush();
  const { frame, cursor } = { frame: emulator.frame(), cursor: emulator.cursor };
  emulator.terminal.dispose();
  return { frame, cursor };
};

const piece = fc.constantFrom(
  ...['\x1b[0m', '\x1b[1m', '\x1b[38;2;10;20;30m', '\x1b[1;48;2;40;50;60m', '\x1b[7m'],
  ...['\x1b[E', '\x1b[E', '\r\n', '\x1b[3G', '\x1b[K', 'repo', ' ', '日本', '0m', '[E'],
);

test('shows the same, whatever is written', async () => {
  const bytes = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''));
  await fc.assert(
    fc.asyncProperty(bytes, async (written) => {
      expect(await pictureOf(terse(written))).toEqual(await pictureOf(written));
    }),
    { numRuns: 300 },
  );
});

test('takes one step for many, and no style without text', () => {
  expect(terse('\x1b[E\x1b[E\x1b[E\x1b[2Ga')).toBe('\x1b[3E\x1b[2Ga');
  expect(terse('\x1b[1m\x1b[0m\x1b[7ma\x1b[0m\x1b[1mb\x1b[0m')).toBe('\x1b[0;7ma\x1b[0;1mb\x1b[0m');
});
