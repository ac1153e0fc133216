import { fileURLToPath } from 'node:url';
import { describe, expect } from 'vitest';
import type { World } from './home.ts';
import { terminal } from './screen.ts';
import { test } from './test.ts';

const BOARD = fileURLToPath(new URL('fixtures/board.ts', import.meta.url));

const board = async (world: World, size = { cols: 40, rows: 8 }) => {
  const app = await terminal(world, ['node', BOARD], size);
  await app.idle();
  return app;
};

describe('a screen', () => {
  test('shows what the program drew, right-trimmed', async ({ world }) => {
    const app = await board(world);
    expect(app.text()).toMatchInlineSnapshot(`
      "Board 日本
      size 40x8
      keys ""
      dim inverse underlined true red
      ┌──┬──┐
      ╰──┴──╯

      last row"
    `);
    expect(app.line(1)).toBe('size 40x8');
    expect(app.lines()).toHaveLength(8);
    expect(app).toMatchObject({ alternate: true, title: 'A board', cols: 40, rows: 8 });
  });

  test('knows the colours and attributes of a cell', async ({ world }) => {
    const app = await board(world);
    expect(app.cell(0, 0)).toMatchObject({ text: 'B', fg: 6, bold: true });
    expect(app.cell(6, 0)).toMatchObject({ text: '日', width: 2, fg: undefined });
    expect(app.cell(7, 0)).toMatchObject({ text: '', width: 0 });
    expect(app.cell(0, 3)).toMatchObject({ dim: true });
    expect(app.cell(4, 3)).toMatchObject({ inverse: true });
    expect(app.cell(12, 3)).toMatchObject({ underline: true });
    expect(app.cell(23, 3)).toMatchObject({ fg: '#ff8000' });
    expect(app.cell(28, 3)).toMatchObject({ bg: 1 });
    expect(() => app.cell(99, 0)).toThrow('No cell at column 99, row 0: the screen is 40x8.');
  });

  test('takes keys, and is idle when the program has consumed them', async ({ world }) => {
    const app = await board(world);
    app.press('j', 'up', 'ctrl+a');
    app.type('hé');
    await app.idle();
    expect(app.line(2)).toBe(String.raw`keys "j\u001bOA\u0001hé"`);
    expect(app.input).toEqual({ sent: 8, consumed: 8 });
  });

  test('pastes in brackets where the program has asked for them', async ({ world }) => {
    const app = await board(world);
    app.paste('two\nlines');
    await app.idle();
    expect(app.line(2)).toBe(String.raw`keys "\u001b[200~two\rlines\u001b[201~"`);
  });

  test('is resized, and idle again only after the program has answered that', async ({ world }) => {
    const app = await board(world);
    app.resize(60, 10);
    await app.idle();
    expect(app.line(1)).toBe('size 60x10');
    expect(app.line(9)).toBe('last row');
  });

  test('counts the bytes written since a mark, but not the idle reports', async ({ world }) => {
    const app = await board(world);
    app.mark();
    app.press('p');
    await app.idle();
    expect(app.bytes).toBe(0);
    app.press('j');
    await app.idle();
    expect(app.bytes).toBeGreaterThan(100);
    expect(app.output).toContain('size 40x8');
  });

  test('tells how the program ended and what it left behind', async ({ world }) => {
    const app = await board(world);
    app.press('q');
    expect(await app.exit).toEqual({ code: 0, signal: 0 });
    expect(app).toMatchObject({ alternate: false, cursor: { visible: true } });
    expect(app.text()).toBe('goodbye');
  });

  test('shows a crash that leaves the terminal as it was', async ({ world }) => {
    const app = await board(world);
    expect(app.cursor.visible).toBe(false);
    app.press('x');
    expect(await app.exit).toEqual({ code: 3, signal: 0 });
    expect(app).toMatchObject({ alternate: true, cursor: { visible: false } });
  });

  test('kills with a signal, and hangs up as a lost line does', async ({ world }) => {
    const killed = await board(world);
    killed.kill('SIGKILL');
    expect(await killed.exit).toMatchObject({ signal: 9 });
    const lost = await board(world);
    lost.hangUp();
    expect(await lost.exit).toMatchObject({ signal: 1 });
  });

  test('draws itself when what was waited for does not come', async ({ world }) => {
    const app = await terminal(world, ['sh', '-c', 'echo hello; exec sleep 600'], { cols: 12, rows: 2 });
    await app.waitFor('hello');
    await expect(app.waitFor(/goodbye/, 50)).rejects.toThrowErrorMatchingInlineSnapshot(`
      [Error: Waited 50 ms for /goodbye/. The screen was:
      ┌────────────┐
      │hello       │
      │            │
      └────────────┘]
    `);
  });

  test('does not wait for what an ended program will never show', async ({ world }) => {
    const app = await terminal(world, ['sh', '-c', 'echo hello; exit 5']);
    await expect(app.waitFor(/goodbye/)).rejects.toThrow(
      /The program ended \(code 5, signal 0\) while waited for[\s\S]*hello/,
    );
  });

  test('waits for a predicate over the screen', async ({ world }) => {
    const app = await terminal(world, ['sh', '-c', 'printf "a\\nb\\n"; exec cat']);
    await app.waitFor((shown) => shown.cursor.y === 2);
    expect(app.lines().slice(0, 3)).toEqual(['a', 'b', '']);
  });

  test('answers the queries of a program as a terminal does', async ({ world }) => {
    const queries = ['\\033[c', '\\033[5n', '\\033]11;?\\007', '\\033]10;?\\007', '\\033[?2026$p'];
    const asked = `stty raw -echo; printf '${queries.join('')}'; dd bs=1 count=72 2>/dev/null | od -An -c`;
    const app = await terminal(world, ['sh', '-c', asked], { cols: 100 });
    await app.exit;
    const answers = app.text().replaceAll(/\s+/g, '');
    expect(answers).toContain('033[?1;2c');
    expect(answers).toContain('033[0n');
    expect(answers).toContain('033]11;rgb:0d0d/1111/1717033\\');
    expect(answers).toContain('033]10;rgb:e6e6/eded/f3f3033\\');
    expect(answers).toContain('033[?2026;2$y');
  });

  test('has the size and the colours that tput reads', async ({ world }) => {
    const app = await terminal(world, ['sh', '-c', 'tput cols; tput lines; tput colors'], {
      cols: 77,
      rows: 19,
    });
    await app.exit;
    expect(app.text()).toBe('77\n19\n256');
  });

  test('keeps what scrolled away', async ({ world }) => {
    const app = await terminal(world, ['sh', '-c', 'seq 30; exec cat'], { rows: 10 });
    await app.waitFor(/^30$/m);
    app.scroll(-5);
    expect(app.line(0)).toBe('17');
    app.scroll(5);
    expect(app.line(0)).toBe('22');
  });

  test('stops reading, as a stalled line does, and goes on', async ({ world }) => {
    const app = await terminal(world, ['sh', '-c', 'read go; seq 100000; echo finished']);
    app.pause();
    app.type('\r');
    app.resume();
    await app.waitFor('finished');
    expect((await app.exit).code).toBe(0);
  });
});
