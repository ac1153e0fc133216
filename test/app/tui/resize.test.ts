import { expect, test } from 'vitest';
import { ANSWERS } from './fixtures/answers.ts';
import { type Board, openBoard } from './fixtures/board.ts';
import { createMemoryHost } from './fixtures/memory-host.ts';
import { NOW, REPOS } from './fixtures/repos.ts';

const SIZES = [
  [250, 80],
  [120, 36],
  [80, 24],
  [60, 20],
  [40, 12],
] as const;

const DIALOGS: Record<string, (board: Board) => Promise<void>> = {
  help: (board) => board.press('?'),
  'the palette': (board) => board.press(':'),
  'the copy menu': (board) => board.press('y'),
  'a form': (board) => board.press('n'),
  'a plan': (board) => board.press('*', 'R'),
  'a plan that is confirmed by name': (board) => board.press('j', 'P'),
  'something to read': async (board) => {
    await board.press(':');
    await board.type('repo log api');
    await board.press('enter');
  },
};

/** The frame of a dialog as it stands on the screen; whatever lies beside it does not belong to it. */
function frameIn(lines: readonly string[]) {
  const top = lines.findIndex((line) => line.includes('┍'));
  const left = lines[top]?.indexOf('┍') ?? -1;
  const right = lines[top]?.indexOf('┑') ?? -1;
  const bottom = lines.findIndex((line, row) => row > top && line[left] === '╰' && line[right] === '╯');
  const sides = lines.slice(top + 1, bottom).map((line) => `${line[left]}${line[right]}`);
  return { top, left, right, bottom, sides: [...new Set(sides)] };
}

test.each(Object.entries(DIALOGS))('%s stays whole while the terminal is resized', async (_, show) => {
  const host = createMemoryHost({ repos: REPOS, now: () => NOW, answers: ANSWERS });
  await using board = await openBoard(host, { cols: 100, rows: 30 });
  await show(board);
  const title = board.line('┍').match(/┍━ (.*?) ━/)?.[1] ?? 'no dialog';
  for (const [cols, rows] of SIZES) {
    await board.resize(cols, rows);
    const lines = board.lines();
    expect(lines).toHaveLength(rows);
    const { top, left, right, bottom, sides } = frameIn(lines);
    expect(lines[top]).toContain(title);
    expect({ size: `${cols}x${rows}`, sides }).toEqual({ size: `${cols}x${rows}`, sides: ['││'] });
    expect(left).toBeGreaterThanOrEqual(0);
    expect(right).toBeLessThan(cols);
    expect(bottom).toBeLessThan(rows);
  }
  await board.press('esc');
  expect(board.line('┍')).toContain('Repos');
});
