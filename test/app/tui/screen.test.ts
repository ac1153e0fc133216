import { describe, expect, test } from 'vitest';
import { ANSWERS } from './fixtures/answers.ts';
import { openBoard } from './fixtures/board.ts';
import { createMemoryHost, type MemoryHostOptions } from './fixtures/memory-host.ts';
import { NOW, REPOS } from './fixtures/repos.ts';

const hostWith = (options: Partial<MemoryHostOptions> = {}) =>
  createMemoryHost({ repos: REPOS, now: () => NOW, answers: ANSWERS, ...options });

describe('the first picture', () => {
  test('shows every repo with its branch, its distance, its changes and its state', async () => {
    await using board = await openBoard(hostWith(), { cols: 100, rows: 24 });
    expect(board.text()).toMatchInlineSnapshot(`
      " gantry  acme  ~/acme
      ┍━ 1 Repos ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━ 8 ━┑
      │      REPO        BRANCH            SYNC     CHANGES    STATE          LAST COMMIT            AGE │
      │▌  ↓  api         main              ↓3                                 Retry the token ref…    2h │
      │   ↕  billing     feature/invoices  ↑2 ↓1                              Draft invoice totals    1d │
      │   ●  console     main                       +1 ~3 ?2                  Move the sidebar in…    1h │
      │   ✓  docs        main                                                 Explain retries         4w │
      │   !  gateway     at 4f1c2d3e                !2 +4      rebase         Accept both header …    7h │
      │   ↑  infra       main              ↑1                  stash 2 modu…  Pin the base image      2d │
      │   ○  mobile                                            not cloned     sync clones it             │
      │   ✓  web         release/2.4.0     gone                               Bump version to 2.4…    3d │
      │                                                                                                  │
      │                                                                                                  │
      ╰──────────────────────────────────────────────────────────────────────────────────────────────────╯
      ╭─ 0 Activity ───────────────────────────────────────────────────────────────────────────────── 0 ─╮
      │                                                                                                  │
      │                                  Nothing has been done here yet                                  │
      │                          every action, whoever runs it, is listed here                           │
      │                                                                                                  │
      │                                                                                                  │
      │                                                                                                  │
      ╰──────────────────────────────────────────────────────────────────────────────────────────────────╯
       3 need you
       f fetch   p pull   s sync   P push   enter open   space mark   / filter   z undo   y copy   ? help"
    `);
  });

  test('with a folded pane, at the smallest size', async () => {
    await using board = await openBoard(hostWith(), { cols: 40, rows: 12 });
    expect(board.text()).toMatchInlineSnapshot(`
      " gantry  acme  ~/acme
      ┍━ 1 Repos ━━━━━━━━━━━━━━━━━━━━━━━━ 8 ━┑
      │      REPO        BRANCH      SYNC    │
      │▌  ↓  api         main        ↓3      │
      │   ↕  billing     feature/i…  ↑2 ↓1   │
      │   ●  console     main                │
      │   ✓  docs        main                │
      │   !  gateway     at 4f1c2d…          │
      │   ↑  infra       main        ↑1      │
      ╰──────────────────────────────── 1/8 ─╯
      ── 0 Activity ───────────────────── 0 ──
       f fetch   p pull   s sync       ? help"
    `);
  });

  test('in ASCII and without colour says the same', async () => {
    await using board = await openBoard(hostWith(), {
      cols: 80,
      rows: 20,
      env: { NO_COLOR: '1' },
      settings: { icons: 'ascii' },
    });
    expect(board.text()).toMatchInlineSnapshot(`
      " gantry  acme  ~/acme
      += 1 Repos ================================================================ 8 =+
      |      REPO        BRANCH            SYNC     CHANGES    STATE             AGE |
      |>  -  api         main              -3                                     2h |
      |   %  billing     feature/invoices  +2 -1                                  1d |
      |   *  console     main                       +1 ~3 ?2                      1h |
      |   .  docs        main                                                     4w |
      |   !  gateway     at 4f1c2d3e                !2 +4      rebase             7h |
      |   +  infra       main              +1                  stash 2 module~    2d |
      |   ?  mobile                                            not cloned            |
      +------------------------------------------------------------------------ 1/8 -+
      +- 0 Activity ------------------------------------------------------------- 0 -+
      |                        Nothing has been done here yet                        |
      |                every action, whoever runs it, is listed here                 |
      |                                                                              |
      |                                                                              |
      |                                                                              |
      +------------------------------------------------------------------------------+
       3 need you
       f fetch   p pull   s sync   P push   enter open   space mark            ? help"
    `);
    expect(board.written()).not.toMatch(/\x1b\[[\d;]*(?:3[0-7]|38;|48;)[\d;]*m/);
  });

  test('says what is wrong in one’s own keymap, and goes on without it', async () => {
    const problems = ['/home/ada/.config/gantry/keymap.toml:3:1: there is no action or move `repo.fetsh`'];
    await using board = await openBoard(hostWith(), { problems });
    expect(board.text()).toContain('keymap.toml:3:1: there is no action or move');
    await board.press('esc');
    expect(board.text()).not.toContain('keymap.toml');
  });
});
