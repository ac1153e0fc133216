import { describe, expect, test } from 'vitest';
import { ANSWERS } from './fixtures/answers.ts';
import { type BoardOptions, openBoard } from './fixtures/board.ts';
import { FLOW, flowBranch, WORKTREES } from './fixtures/flow.ts';
import { createMemoryHost, type MemoryHostOptions } from './fixtures/memory-host.ts';
import { NOW, REPOS, repo } from './fixtures/repos.ts';

const REPO_ROWS = [repo('api'), repo('docs'), repo('web')];

const hostWith = (options: Partial<MemoryHostOptions> = {}) =>
  createMemoryHost({
    repos: REPO_ROWS,
    worktrees: WORKTREES,
    flow: FLOW,
    now: () => NOW,
    answers: ANSWERS,
    ...options,
  });

const LARGE: BoardOptions = { cols: 140, rows: 40 };

describe('worktrees and flow branches at home', () => {
  test('stand beside the repos, each with what it is about', async () => {
    await using board = await openBoard(hostWith(), LARGE);
    expect(board.text()).toMatchInlineSnapshot(`
      " gantry  acme  ~/acme
      ┍━ 1 Repos ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━ 3 ━┑╭─ 4 Workers ──────────────────────────────────────────────────── 0 ─╮
      │      REPO        BRANCH    SYNC   CHANGES   STATE        AGE       ││                                                                    │
      │▌  ✓  api         main                                     5h       ││                                                                    │
      │   ✓  docs        main                                     5h       ││                      No model is being served                      │
      │   ✓  web         main                                     5h       ││          n starts a worker for one backend and one model           │
      │                                                                    ││                                                                    │
      │                                                                    ││                                                                    │
      │                                                                    ││                                                                    │
      │                                                                    ││                                                                    │
      │                                                                    │╰────────────────────────────────────────────────────────────────────╯
      │                                                                    │╭─ 5 Models ───────────────────────────────────────────────────── 0 ─╮
      │                                                                    ││                                                                    │
      │                                                                    ││                      No catalog lists a model                      │
      ╰────────────────────────────────────────────────────────────────────╯│                  gantry models register adds one                   │
      ╭─ 2 Worktrees ────────────────────────────────────── 2 need you  5 ─╮│                                                                    │
      │      SET      REPO      BRANCH        SYNC   CHANGES  STATE        ││                                                                    │
      │▌  ○  gone     api                                     gone         ││                                                                    │
      │   ●  login    api       feature/log…  local  ~2       grace (huma… ││                                                                    │
      │   ✓  login    web       feature/log…  local                        │╰────────────────────────────────────────────────────────────────────╯
      │   ✓  trial    docs      at 4f1c2d3e                   locked on t… │╭─ 6 Services ─────────────────────────────────────────────────── 0 ─╮
      │   !  by-hand  web       feature/x     local  !1       rebase       ││                                                                    │
      │                                                                    ││                      Nothing is kept running                       │
      │                                                                    ││   n starts an artifact or a command that outlives this terminal    │
      ╰────────────────────────────────────────────────────────────────────╯│                                                                    │
      ╭─ 3 Flow ────────────────────────────────────────── 1 needs you  5 ─╮│                                                                    │
      │      BRANCH            REPO      FINISH       DEVELOP  WORKTREE    ││                                                                    │
      │▌  !  feature/login     api       2 conflicts  ↑3 ↓2    ● login gr… ││                                                                    │
      │   ✓  feature/login     web       clean        ↑1       login       │╰────────────────────────────────────────────────────────────────────╯
      │   ✓  feature/search    docs      nothing new  even                 │╭─ 0 Activity ─────────────────────────────────────────────────── 0 ─╮
      │   ✓  feature/search    web       clean        ↑1 ↓4                ││                                                                    │
      │   ✓  release/1.4.0     api       clean        ↑1                   ││                   Nothing has been done here yet                   │
      │                                                                    ││           every action, whoever runs it, is listed here            │
      │                                                                    ││                                                                    │
      │                                                                    ││                                                                    │
      │                                                                    ││                                                                    │
      │                                                                    ││                                                                    │
      ╰────────────────────────────────────────────────────────────────────╯╰────────────────────────────────────────────────────────────────────╯

       f fetch   p pull   s sync   P push   enter open   w its worktrees   b its flow branches   space mark   / filter   z undo   y copy   ? help"
    `);
  });

  test('of a hostile name leave the screen whole', async () => {
    const flow = [
      flowBranch('feature', 'esc-\x1b[31m漢字', 'api', {
        conflicts: ['a\x1b]0;x\x07'],
        forecast: 'conflict',
      }),
    ];
    await using board = await openBoard(hostWith({ flow }), LARGE);
    await board.press('3', '3');
    expect(board.text()).toContain('esc-␛[31m漢字');
    await board.press(']');
    expect(board.text()).toContain('a␛]0;x␇');
  });
});

describe('the matrix of flow branches', () => {
  test('has a row for each, and a column for each repo', async () => {
    await using board = await openBoard(hostWith(), { cols: 120, rows: 28 });
    await board.press('3', '3');
    expect(board.text()).toMatchInlineSnapshot(`
      " gantry  acme  ~/acme
      ┍━ 3 Flow ━━━━━━━━━━━━━━━━━━━━ 1 needs you  5 ━┑╭─ feature/login in api ───────────────────────────────────────────────╮
      │      BRANCH            REPO      FINISH      ││  Matrix   Branch   Diff   Log   Running                              │
      │▌  !  feature/login     api       2 conflicts ││                                                                      │
      │   ✓  feature/login     web       clean       ││            api               docs           web                      │
      │   ✓  feature/search    docs      nothing new ││                                                                      │
      │   ✓  feature/search    web       clean       ││ ▌ login    ! 2 conflicts                    ✓ clean                  │
      │   ✓  release/1.4.0     api       clean       ││   feature  develop ↑3 ↓2                    develop ↑1               │
      │                                              ││            main    ↑2                       main    ↑2               │
      │                                              ││            in ● login                       in login                 │
      │                                              ││            by grace (human)                                          │
      │                                              ││                                                                      │
      │                                              ││   search                     ✓ nothing new  ✓ clean                  │
      │                                              ││   feature                    develop even   develop ↑1 ↓4            │
      │                                              ││                              main    ↑2     main    ↑2               │
      │                                              ││                                                                      │
      │                                              ││   1.4.0    ✓ clean                                                   │
      │                                              ││   release  develop ↑1                                                │
      │                                              ││            main    ↑5                                                │
      │                                              ││                                                                      │
      │                                              ││                                                                      │
      │                                              ││                                                                      │
      │                                              ││                                                                      │
      │                                              ││                                                                      │
      │                                              ││                                                                      │
      ╰──────────────────────────────────────────────╯╰──────────────────────────────────────────────────────────────────────╯
       1 needs you
       esc back   n start   F finish   S switch to it   P publish   p update   enter open   ] next section             ? help"
    `);
  });

  test('follows the selected row, and writes little for it', async () => {
    await using board = await openBoard(hostWith(), { cols: 120, rows: 28 });
    await board.press('3', '3');
    board.written();
    await board.press('j');
    expect(board.written().length).toBeLessThan(1_500);
    expect(board.text()).toContain('feature/login in web');
  });
});

describe('finish', () => {
  test('tells what it would come to in each repo before anything happens, and does what was shown', async () => {
    const host = hostWith();
    await using board = await openBoard(host, LARGE);
    await board.press('3', 'V', 'F');
    expect(board.text()).toMatch(
      /api {2}! conflicts with develop in 2 files {2}develop ↑3 ↓2 {2}● changes that are not/,
    );
    expect(board.text()).toMatch(/src\/auth\.ts\s.*\n.*src\/routes\.ts/);
    expect(board.text()).toContain('web  ✓ merges into develop without a conflict  develop ↑1');
    expect(host.calls).toEqual([expect.objectContaining({ action: 'done', dryRun: true })]);
    await board.press('y');
    expect(board.text()).toContain('done: 2 done');
    expect(host.calls.at(-1)).toEqual({
      action: 'done',
      input: { name: 'login', repos: ['api', 'web'] },
      approval: { plan: 'f00d' },
    });
  });

  test('of a branch that is in no worktree set merges it, and no more', async () => {
    const host = hostWith();
    await using board = await openBoard(host, LARGE);
    await board.press('3', 'G', 'F');
    await board.press('y');
    expect(host.calls.at(-1)).toMatchObject({
      action: 'flow.release.finish',
      input: { name: '1.4.0', repos: ['api'] },
    });
  });

  test('after a no leaves everything', async () => {
    const host = hostWith();
    await using board = await openBoard(host, LARGE);
    await board.press('3', 'F');
    await board.press('n');
    expect(host.calls.filter(({ dryRun }) => !dryRun)).toEqual([]);
    expect(board.text()).toContain('done: left as it is');
  });

  test('can be told more while its plan is shown, and is planned anew', async () => {
    const host = hostWith();
    await using board = await openBoard(host, LARGE);
    await board.press('3', 'G', 'F');
    await board.press('e', 'space', 'enter');
    expect(host.calls.at(-1)).toMatchObject({ input: { name: '1.4.0', keep: true }, dryRun: true });
    await board.press('e');
    expect(board.text()).toMatch(/keep +true/);
    await board.press('enter');
    await board.press('y');
    expect(host.calls.at(-1)).toMatchObject({
      input: { name: '1.4.0', keep: true },
      approval: { plan: 'f00d' },
    });
  });

  test('of two flow branches at once says that it takes one', async () => {
    const host = hostWith();
    await using board = await openBoard(host, LARGE);
    await board.press('3', '*', 'F');
    expect(board.text()).toContain('finish: they are of different flow branches');
    expect(host.calls).toEqual([]);
  });
});

describe('start', () => {
  test('asks for the kind, then for the name', async () => {
    const host = hostWith();
    await using board = await openBoard(host, LARGE);
    await board.press('3', 'n');
    expect(board.text()).toContain('Start a release in repos');
    await board.type('rel');
    await board.press('enter');
    expect(board.text()).toContain('flow release start');
    await board.type('1.5.0');
    await board.press('enter');
    expect(host.calls.at(-1)).toMatchObject({ action: 'flow.release.start', input: { name: '1.5.0' } });
  });
});

describe('worktrees', () => {
  test('of a set are marked by one key and removed after their plan was shown', async () => {
    const host = hostWith();
    await using board = await openBoard(host, LARGE);
    await board.press('2', 'j', 'V', 'd');
    expect(board.text()).toContain('login/api  has changes: ~2  held by grace (human)');
    expect(board.text()).toContain('login/web  has no changes');
    await board.press('y');
    expect(host.calls.at(-1)).toMatchObject({
      action: 'worktree.remove',
      input: { name: 'login', repos: ['api', 'web'] },
      approval: { plan: 'f00d' },
    });
  });

  test('that are in no set say so', async () => {
    const host = hostWith();
    await using board = await openBoard(host, LARGE);
    await board.press('2', 'G', 'd');
    expect(board.text()).toContain('remove: it was made by hand and is in no set');
    await board.press('V');
    expect(board.text()).not.toContain('marked');
    expect(host.calls).toEqual([]);
  });

  test('are held or let go, locked or unlocked, by one key each', async () => {
    const host = hostWith();
    await using board = await openBoard(host, LARGE);
    await board.press('2', 'j', 'H', 'j', 'H', 'K', 'j', 'K');
    expect(host.calls.map(({ action, input }) => [action, input])).toEqual([
      ['lease.release', { name: 'login', repo: 'api' }],
      ['lease.take', { name: 'login', repo: 'web' }],
      ['worktree.lock', { name: 'login', repos: ['web'] }],
      ['worktree.unlock', { name: 'trial', repos: ['docs'] }],
    ]);
  });
});

describe('the palette', () => {
  test('gives the selection to an action that a key stands for', async () => {
    const host = hostWith();
    await using board = await openBoard(host, LARGE);
    await board.press('3', 'G', ':');
    await board.type('flow release finish');
    await board.press('enter');
    expect(host.calls.at(-1)).toMatchObject({ input: { name: '1.4.0', repos: ['api'] }, dryRun: true });
  });

  test('has from everywhere what needs no rows', async () => {
    const host = hostWith();
    await using board = await openBoard(host, LARGE);
    await board.press(':');
    await board.type('flow sync');
    await board.press('enter');
    expect(host.calls.at(-1)).toMatchObject({ action: 'flow.sync', input: {} });
  });
});

describe('a jump', () => {
  test('leads from a repo to its flow branches, on to their worktrees, and back step by step', async () => {
    await using board = await openBoard(hostWith(), LARGE);
    await board.press('G', 'b');
    expect(board.line('3 Flow')).toContain('┍━ 3 Flow of web');
    expect(board.line('3 Flow')).toContain('2 of 5');
    await board.press('w');
    expect(board.line('2 Worktrees')).toMatch(/^┍━ 2 Worktrees of feature\/login .* 2 of 5/);
    expect(board.line('▌  ✓  login')).toContain('web');
    await board.press('esc');
    expect(board.line('2 Worktrees')).not.toContain(' of ');
    expect(board.line('3 Flow')).toContain('┍━ 3 Flow of web');
    await board.press('esc');
    expect(board.line('1 Repos')).toMatch(/^┍━ 1 Repos/);
    expect(board.line('3 Flow')).not.toContain('of web');
  });

  test('is gone back from by the key for where one was, and forward again', async () => {
    await using board = await openBoard(hostWith(), LARGE);
    await board.press('w', '-');
    expect(board.line('1 Repos')).toMatch(/^┍/);
    expect(board.line('2 Worktrees')).not.toContain(' of api');
    await board.press('ctrl+p');
    expect(board.line('2 Worktrees')).toMatch(/^┍━ 2 Worktrees of api/);
  });

  test('from a zoomed pane stays zoomed, and what is opened there closes first', async () => {
    await using board = await openBoard(hostWith(), LARGE);
    await board.press('2', 'j', 'b', 'enter', 'esc');
    expect(board.line('3 Flow')).toContain('┍━ 3 Flow of feature/login');
    await board.press('esc');
    expect(board.line('2 Worktrees')).toMatch(/^┍/);
    await board.press('enter', 'J');
    expect(board.line('1 Repos')).toMatch(/^┍━ 1 Repos of api/);
    expect(board.text()).toContain('Submodules');
    await board.press('esc');
    expect(board.line('2 Worktrees')).toMatch(/^┍/);
  });

  test('that leads nowhere says so and stays', async () => {
    await using board = await openBoard(hostWith({ worktrees: [], repos: REPOS }), LARGE);
    await board.press('w');
    expect(board.text()).toContain('Worktrees: nothing there is about it');
    expect(board.line('1 Repos')).toMatch(/^┍━ 1 Repos/);
    await board.press('?');
    expect(board.line('its worktrees')).toContain('nothing there is about it');
  });
});
