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
      ┍━ 1 Repos ━━━━━━━━━━━━━━━━━━━━━━ 3 need you  8 ━┑╭─ 4 Workers ──────────────────────────────── 0 ─╮
      │      REPO        BRANCH        SYNC   CHANGES  ││            No model is being served            │
      │▌  ↓  api         main          ↓3              ││   n starts a worker for one backend and one    │
      │   ↕  billing     feature/inv…  ↑2 ↓1           ││                     model                      │
      │   ●  console     main                 +1 ~3 ?2 ││                                                │
      │   ✓  docs        main                          ││                                                │
      │   !  gateway     at 4f1c2d3e          !2 +4    ││                                                │
      ╰────────────────────────────────────────── 1/8 ─╯╰────────────────────────────────────────────────╯
      ╭─ 2 Worktrees ────────────────────────────── 0 ─╮╭─ 5 Models ───────────────────────────────── 0 ─╮
      │     Nothing is worked on beside the repos      ││            No catalog lists a model            │
      │ n makes a worktree in every repo that a piece  ││        gantry models register adds one         │
      │                 of work needs                  ││                                                │
      │                                                ││                                                │
      ╰────────────────────────────────────────────────╯╰────────────────────────────────────────────────╯
      ╭─ 3 Flow ─────────────────────────────────── 0 ─╮╭─ 6 Services ─────────────────────────────── 0 ─╮
      │     No feature, release or hotfix is open      ││            Nothing is kept running             │
      │   n starts one, :flow init sets repos up for   ││     n starts an artifact or a command that     │
      │                      them                      ││             outlives this terminal             │
      │                                                ││                                                │
      ╰────────────────────────────────────────────────╯╰────────────────────────────────────────────────╯
      ── 0 Activity ───────────────────────────────────────────────────────────────────────────────── 0 ──
       3 need you
       f fetch   p pull   s sync   P push   enter open   space mark   / filter   z undo   y copy   ? help"
    `);
  });

  test('at the smallest size is one pane, and the header names the others', async () => {
    await using board = await openBoard(hostWith(), { cols: 40, rows: 12 });
    expect(board.text()).toMatchInlineSnapshot(`
      " 1 [Repos] 2  3  4  5  6  0
      ┍━ 1 Repos ━━━━━━━━━━━━ 3 need you  8 ━┑
      │      REPO        BRANCH        SYNC  │
      │▌  ↓  api         main          ↓3    │
      │   ↕  billing     feature/inv…  ↑2 ↓1 │
      │   ●  console     main                │
      │   ✓  docs        main                │
      │   !  gateway     at 4f1c2d3e         │
      │   ↑  infra       main          ↑1    │
      │   ○  mobile                          │
      ╰──────────────────────────────── 1/8 ─╯
       f fetch   p pull   s sync       ? help"
    `);
  });

  test('where there is no room for four panes, folds those without the keys', async () => {
    await using board = await openBoard(hostWith(), { cols: 80, rows: 18 });
    expect(board.text()).toMatchInlineSnapshot(`
      " gantry  acme  ~/acme
      ┍━ 1 Repos ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━ 3 need you  8 ━┑
      │      REPO        BRANCH            SYNC   CHANGES   STATE               AGE  │
      │▌  ↓  api         main              ↓3                                    2h  │
      │   ↕  billing     feature/invoices  ↑2 ↓1                                 1d  │
      │   ●  console     main                     +1 ~3 ?2                       1h  │
      │   ✓  docs        main                                                    4w  │
      │   !  gateway     at 4f1c2d3e              !2 +4     rebase               7h  │
      │   ↑  infra       main              ↑1               stash 2 modules 1    2d  │
      ╰──────────────────────────────────────────────────────────────────────── 1/8 ─╯
      ── 2 Worktrees ──────────────────────────────────────────────────────────── 0 ──
      ── 3 Flow ───────────────────────────────────────────────────────────────── 0 ──
      ── 4 Workers ────────────────────────────────────────────────────────────── 0 ──
      ── 5 Models ─────────────────────────────────────────────────────────────── 0 ──
      ── 6 Services ───────────────────────────────────────────────────────────── 0 ──
      ── 0 Activity ───────────────────────────────────────────────────────────── 0 ──
       3 need you
       f fetch   p pull   s sync   P push   enter open   space mark            ? help"
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
      += 1 Repos ==================================================== 3 need you  8 =+
      |      REPO        BRANCH            SYNC   CHANGES   STATE               AGE  |
      |>  -  api         main              -3                                    2h  |
      |   %  billing     feature/invoices  +2 -1                                 1d  |
      |   *  console     main                     +1 ~3 ?2                       1h  |
      |   .  docs        main                                                    4w  |
      |   !  gateway     at 4f1c2d3e              !2 +4     rebase               7h  |
      |   +  infra       main              +1               stash 2 modules 1    2d  |
      |   ?  mobile                                         not cloned               |
      |   .  web         release/2.4.0     gone                                  3d  |
      +------------------------------------------------------------------------------+
      -- 2 Worktrees ------------------------------------------------------------ 0 --
      -- 3 Flow ----------------------------------------------------------------- 0 --
      -- 4 Workers -------------------------------------------------------------- 0 --
      -- 5 Models --------------------------------------------------------------- 0 --
      -- 6 Services ------------------------------------------------------------- 0 --
      -- 0 Activity ------------------------------------------------------------- 0 --
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
