import { describe, expect, test } from 'vitest';
import { STRICT } from '#keymaps/strict.ts';
import { ANSWERS } from './fixtures/answers.ts';
import { openBoard } from './fixtures/board.ts';
import { createMemoryHost, type MemoryHostOptions } from './fixtures/memory-host.ts';
import { manyRepos, NOW, REPOS, repo } from './fixtures/repos.ts';

const hostWith = (options: Partial<MemoryHostOptions> = {}) =>
  createMemoryHost({ repos: REPOS, now: () => NOW, answers: ANSWERS, ...options });

describe('moving', () => {
  test('j and k select, and stop at the ends', async () => {
    await using board = await openBoard(hostWith());
    await board.press('j', 'j', 'k');
    expect(board.line('▌')).toContain('billing');
    await board.press('k', 'k', 'k');
    expect(board.line('▌')).toContain('api');
    await board.press('G');
    expect(board.line('▌')).toContain('web');
    await board.press('g');
    expect(board.line('▌')).toContain('api');
  });

  test('a burst of keys in one piece is as many moves', async () => {
    await using board = await openBoard(hostWith());
    await board.type('jjjj');
    expect(board.line('▌')).toContain('gateway');
  });

  test('the window follows the selection through a long list', async () => {
    await using board = await openBoard(hostWith({ repos: manyRepos(200) }));
    await board.press('G');
    expect(board.line('▌')).toContain('service-199');
    expect(board.text()).toContain('200/200');
    await board.press('ctrl+u');
    expect(board.line('▌')).toContain('service-196');
  });

  test('the selected row stays selected when others come before it', async () => {
    const host = hostWith();
    await using board = await openBoard(host);
    await board.press('j', 'j');
    expect(board.line('▌')).toContain('console');
    await board.rest(() => host.set(repo('aaa')));
    expect(board.line('▌')).toContain('console');
  });

  test('where the selected row goes away, the one that takes its place is selected', async () => {
    const host = hostWith();
    await using board = await openBoard(host);
    await board.press('j');
    await board.rest(() => host.drop('billing'));
    expect(board.line('▌')).toContain('console');
  });
});

describe('panes', () => {
  test('a number focuses, again zooms, and again goes back to the grid', async () => {
    await using board = await openBoard(hostWith());
    await board.press('0');
    expect(board.text()).toContain('┍━ 0 Activity');
    await board.press('1');
    expect(board.line('Repos')).toMatch(/^┍━ 1 Repos/);
    await board.press('1');
    expect(board.text()).toContain('Submodules');
    await board.press('1');
    expect(board.text()).not.toContain('Submodules');
  });

  test('tab goes around them', async () => {
    await using board = await openBoard(hostWith());
    const focused: (string | undefined)[] = [];
    for (let pressed = 0; pressed < 7; pressed++) {
      await board.press('tab');
      focused.push(/┍━ \d (\w+)/.exec(board.text())?.[1]);
    }
    expect(focused).toEqual(['Worktrees', 'Flow', 'Workers', 'Models', 'Services', 'Activity', 'Repos']);
  });

  test('where one was is a key away', async () => {
    await using board = await openBoard(hostWith());
    await board.press('j', 'enter', 'esc', '0', 'ctrl+o', 'ctrl+o');
    expect(board.text()).toContain('Submodules');
    await board.press('ctrl+p');
    expect(board.text()).not.toContain('Submodules');
  });

  test('a zoomed repo shows its changes, and its other sections one key on', async () => {
    await using board = await openBoard(hostWith(), { cols: 130, rows: 30 });
    await board.press('enter');
    expect(board.text()).toContain('src/console/sidebar.ts');
    await board.press(']');
    expect(board.text()).toContain('Retry the token refresh once');
    await board.press(']');
    expect(board.text()).toContain('const jitter = 0.2;');
    await board.press(']');
    expect(board.text()).toMatch(/feature\/invoices +↑2 ↓1/);
    await board.press(']');
    expect(board.text()).toContain('vendor/base');
    await board.press(']');
    expect(board.text()).toContain('Nothing runs here');
  });

  test('only what is looked at is asked for', async () => {
    const host = hostWith();
    await using board = await openBoard(host, { cols: 130 });
    await board.press('j');
    expect(host.calls).toEqual([]);
    await board.type('jj');
    await board.press('enter');
    expect(host.calls.map(({ action, input }) => [action, input])).toEqual([
      ['repo.detail', { repo: 'docs' }],
    ]);
  });

  test('a detail scrolls, is searched, and n goes to the next match', async () => {
    await using board = await openBoard(hostWith(), { cols: 130, rows: 20 });
    await board.press('enter', ']', 'enter', 'G');
    expect(board.text()).toContain('60/60');
    await board.press('g', '/');
    await board.type('flaky');
    await board.press('enter', 'n');
    expect(board.text()).toContain('/flaky');
    expect(board.lines()[4]).toContain('Fix the flaky test');
    await board.press('n');
    expect(board.lines()[4]).toContain('Fix the flaky test');
  });
});

describe('lines that are longer than the detail', () => {
  const long = `+${Array.from({ length: 40 }, (_, index) => `word${index}`).join(' ')}`;
  const answers = { ...ANSWERS, 'repo.diff': () => ({ text: `@@ -1 +1 @@\n${long}\n+short\n` }) };

  test('are seen to their end and back with > and <', async () => {
    await using board = await openBoard(hostWith({ answers }), { cols: 130 });
    await board.press('enter', ']', ']');
    expect(board.line('word0')).toMatch(/word0 .*…│$/);
    await board.press('>', '>', '>', '>', '>', '>', '>', '>');
    expect(board.line('word39')).toMatch(/│….* word39 │$/);
    await board.press('<');
    expect(board.text()).not.toContain('word39');
    await board.press('<', '<', '<', '<', '<', '<', '<');
    expect(board.line('word0')).toMatch(/│ \+word0 /);
  });

  test('begin at their beginning again in another row', async () => {
    await using board = await openBoard(hostWith({ answers }), { cols: 130 });
    await board.press('enter', ']', ']', '>', 'j');
    expect(board.text()).toContain('word0 ');
  });

  test('say so in help, and only where there is a detail', async () => {
    await using board = await openBoard(hostWith({ answers }), { cols: 130, rows: 40 });
    await board.press('?');
    await board.type('further');
    expect(board.text()).not.toContain('further right');
    await board.press('esc', 'enter', '?');
    await board.type('further');
    expect(board.line('further right')).toContain('no line is longer');
    await board.press('esc', ']', ']');
    await board.press('?');
    await board.type('further');
    expect(board.line('further right')).toMatch(/Move +> /);
  });
});

describe('marks', () => {
  test('an action runs on everything marked', async () => {
    const host = hostWith();
    await using board = await openBoard(host);
    await board.press('space', 'j', 'j', 'space', 'j');
    expect(board.line('Repos')).toContain('2 marked');
    await board.press('f');
    expect(host.calls.at(-1)).toEqual({ action: 'repo.fetch', input: { repos: ['api', 'console'] } });
  });

  test('v begins a range and ends it', async () => {
    const host = hostWith();
    await using board = await openBoard(host);
    await board.press('j', 'v', 'j', 'j');
    expect(board.line('Repos')).toContain('3 marked');
    await board.press('v', 'j', 'f');
    expect(host.calls.at(-1)?.input).toEqual({ repos: ['billing', 'console', 'docs'] });
  });

  test('esc lets go of the range, then of the marks', async () => {
    await using board = await openBoard(hostWith());
    await board.press('space', 'j', 'v', 'j', 'esc');
    expect(board.line('Repos')).toContain('1 marked');
    await board.press('esc');
    expect(board.line('Repos')).not.toContain('marked');
  });

  test('* marks all that the filter shows', async () => {
    const host = hostWith();
    await using board = await openBoard(host);
    await board.press('/');
    await board.type('main');
    await board.press('enter', '*', 'f');
    expect(host.calls.at(-1)?.input).toEqual({ repos: ['api', 'console', 'docs', 'infra'] });
  });
});

describe('the filter', () => {
  test('narrows as it is typed: all words, small letters match both cases', async () => {
    await using board = await openBoard(hostWith());
    await board.press('/');
    await board.type('feature bill');
    expect(board.text()).toContain('1 of 8');
    expect(board.text()).not.toContain('console');
    await board.press('enter');
    expect(board.line('Repos')).toContain('/feature bill');
    await board.press('esc');
    expect(board.text()).toContain('console');
  });

  test('a capital is meant as one', async () => {
    await using board = await openBoard(hostWith());
    await board.press('/');
    await board.type('MAIN');
    expect(board.text()).toContain('No repos match MAIN');
  });

  test('esc while typing brings back what was there', async () => {
    await using board = await openBoard(hostWith());
    await board.press('/');
    await board.type('api');
    await board.press('esc');
    expect(board.text()).toContain('billing');
  });

  test('n and N go around what it shows', async () => {
    await using board = await openBoard(hostWith());
    await board.press('/');
    await board.type('main');
    await board.press('enter', 'n', 'n', 'n', 'n');
    expect(board.line('▌')).toContain('api');
    await board.press('N');
    expect(board.line('▌')).toContain('infra');
  });
});

describe('stray input', () => {
  test('a paste outside of a text is nothing, whatever it contains', async () => {
    const host = hostWith();
    await using board = await openBoard(host);
    await board.type('\x1b[200~fRPq\r\x1b[201~');
    expect(host.calls).toEqual([]);
    expect(board.text()).toContain('Repos');
  });

  test('a paste into a text is one line of text', async () => {
    await using board = await openBoard(hostWith());
    await board.press('/');
    await board.type('\x1b[200~bill\ning\x1b[201~');
    expect(board.line(' /')).toContain('bill ing');
  });

  test('escape and the key after it in one piece are two keys', async () => {
    await using board = await openBoard(hostWith());
    await board.press('/');
    await board.type('api');
    await board.type('\x1bj');
    expect(board.line('▌')).toContain('billing');
  });

  test('below the smallest size keys do nothing', async () => {
    const host = hostWith();
    await using board = await openBoard(host);
    await board.resize(39, 12);
    expect(board.text()).toBe('39x12 is too small, 40x12 is enough');
    await board.press('f', 'j', 'q');
    expect(host.calls).toEqual([]);
    await board.resize(80, 24);
    expect(board.line('▌')).toContain('api');
  });

  test('in the strict keymap only the leader makes a letter act', async () => {
    const host = hostWith();
    await using board = await openBoard(host, { entries: STRICT });
    await board.press('f', 'R');
    expect(host.calls).toEqual([]);
    await board.press(',');
    expect(board.text()).toContain(', and then');
    await board.press('f');
    expect(host.calls.at(-1)?.action).toBe('repo.fetch');
  });
});

describe('bytes', () => {
  test('none are written while nothing changes', async () => {
    await using board = await openBoard(hostWith(), { cols: 120, rows: 40 });
    board.written();
    await board.press('f12');
    expect(board.written()).toBe('');
  });

  test('a move of the selection takes fewer than 1,500 at 120x40', async () => {
    await using board = await openBoard(hostWith({ repos: manyRepos(500) }), { cols: 120, rows: 40 });
    board.written();
    await board.press('j');
    expect(board.written().length).toBeLessThan(1_500);
  });
});

describe('resizing', () => {
  test.each([
    [200, 60],
    [120, 40],
    [80, 24],
    [50, 15],
    [40, 12],
  ])('to %ix%i draws every line anew, to its width', async (cols, rows) => {
    await using board = await openBoard(hostWith(), { cols: 90, rows: 30 });
    await board.resize(cols, rows);
    const lines = board.lines();
    expect(lines).toHaveLength(rows);
    expect(lines.filter((line) => line.startsWith('│')).every((line) => line.length === cols)).toBe(true);
    expect(lines.filter((line) => line.includes('1 Repos'))).toHaveLength(1);
  });
});
