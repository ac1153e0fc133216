import { describe, expect, test } from 'vitest';
import { ANSWERS } from './fixtures/answers.ts';
import { openBoard } from './fixtures/board.ts';
import { createMemoryHost, type MemoryHostOptions } from './fixtures/memory-host.ts';
import { NOW, REPOS, repo } from './fixtures/repos.ts';

const hostWith = (options: Partial<MemoryHostOptions> = {}) =>
  createMemoryHost({ repos: REPOS, now: () => NOW, answers: ANSWERS, ...options });

describe('an action', () => {
  test('runs in the host and says in one line how it ended', async () => {
    await using board = await openBoard(hostWith());
    await board.press('f');
    expect(board.text()).toContain('repo fetch: 1 done');
    expect(board.line('repo.fetch')).toMatch(/✓ +repo\.fetch +ada screen +api/);
  });

  test('shows its progress on its rows and how to cancel it', async () => {
    const host = hostWith();
    host.hold();
    await using board = await openBoard(host);
    await board.press('space', 'j', 'space');
    board.send('f');
    await board.shows('40 % rec');
    expect(board.text()).toMatch(/▸ +api .*40 % rec/);
    expect(board.text()).toMatch(/▸ +billing .*waiting/);
    expect(board.text()).toContain('repo fetch  0 of 2');
    expect(board.text()).toContain('ctrl+c cancels');
    board.send('\x03');
    await board.shows('repo fetch: 2 cancelled');
  });

  test('that another terminal runs shows on its rows too', async () => {
    const host = hostWith({
      activities: [
        {
          id: '7',
          action: 'repo.pull',
          status: 'running',
          summary: '',
          who: 'grace, shell',
          startedAt: NOW,
          duration: null,
          workspace: null,
          actor: { kind: 'human', name: 'grace', surface: 'shell', host: 'workbench', pid: 2 },
          input: {},
          plan: null,
          targets: ['docs'],
          undoable: false,
          undoes: null,
          undoneBy: null,
          failure: null,
        },
      ],
    });
    await using board = await openBoard(host);
    expect(board.text()).toMatch(/▸ +docs .*pull/);
  });

  test('that can’t run says why, and does not', async () => {
    const host = hostWith();
    await using board = await openBoard(host);
    await board.press('G', 'p');
    expect(board.text()).toContain('pull: the upstream branch is gone');
    expect(host.calls).toEqual([]);
  });

  test('that fails tells what happened, what it means and what to try next', async () => {
    await using board = await openBoard(hostWith({ repos: [...REPOS, repo('unreachable')] }));
    await board.press('*', 'f');
    expect(board.text()).toContain('repo fetch: 8 done, 1 failed');
    expect(board.text()).toContain('The remote host git.example.test does not answer.');
    expect(board.text()).toContain('Nothing was changed; the other repos went on.');
    expect(board.text()).toContain('gantry repo fetch unreachable');
    await board.press('esc');
    expect(board.text()).not.toContain('git.example.test');
  });
});

describe('a destructive action', () => {
  test('shows its plan with its commands, and only y does it', async () => {
    const host = hostWith();
    await using board = await openBoard(host);
    await board.press('R');
    expect(board.text()).toContain('repo reset: 1 repo');
    expect(board.text()).toMatch(/reset to origin\/main +destroys/);
    expect(board.text()).toContain('git reset --end-of-options origin/main');
    await board.press('R', 'enter');
    expect(board.text()).toContain('repo reset: 1 repo');
    await board.press('y');
    expect(board.text()).toContain('repo reset: 1 done');
  });

  test.each(['n', 'q', 'esc'])('%s leaves everything as it is', async (key) => {
    await using board = await openBoard(hostWith());
    await board.press('R');
    await board.press(key);
    expect(board.text()).toContain('repo reset: left as it is');
    expect(board.line('Activity')).toContain(' 0 ');
  });

  test('that nothing can take back is confirmed by name', async () => {
    await using board = await openBoard(hostWith());
    await board.press('j', 'P');
    expect(board.text()).toContain('leaves this machine, can not be undone');
    await board.type('y');
    await board.press('enter');
    expect(board.text()).toContain('type billing to go on');
    await board.press('backspace');
    await board.type('billing');
    await board.press('enter');
    expect(board.text()).toContain('repo push: 1 done');
  });
});

describe('the palette', () => {
  test('finds by letters and runs with enter', async () => {
    const host = hostWith();
    await using board = await openBoard(host);
    await board.press(':');
    await board.type('wosy');
    expect(board.text()).toMatch(/▌ workspace sync/);
    await board.press('enter');
    expect(host.calls.at(-1)?.action).toBe('workspace.sync');
  });

  test('takes arguments behind the name', async () => {
    const host = hostWith();
    await using board = await openBoard(host);
    await board.press(':');
    await board.type('repo fetch web docs --prune');
    await board.press('enter');
    expect(host.calls.at(-1)).toEqual({
      action: 'repo.fetch',
      input: { repos: ['web', 'docs'], prune: true },
    });
  });

  test('says at once what is wrong with an argument', async () => {
    await using board = await openBoard(hostWith());
    await board.press(':');
    await board.type('repo fetch --purge');
    expect(board.text()).toContain('--purge is no option of it');
  });

  test('puts what was used last first', async () => {
    await using board = await openBoard(hostWith());
    await board.press('s');
    await board.press(':');
    expect(board.text()).toMatch(/▌ workspace sync/);
  });

  test('goes to a pane by its name', async () => {
    await using board = await openBoard(hostWith());
    await board.press(':');
    await board.type('activity');
    await board.press('enter');
    expect(board.line('Activity')).toMatch(/^┍/);
  });

  test('shows what a query says as something to read', async () => {
    await using board = await openBoard(hostWith(), { rows: 40 });
    await board.press(':');
    await board.type('repo branches web');
    await board.press('enter');
    expect(board.text()).toContain('repo branches');
    expect(board.text()).toMatch(/name +feature\/invoices/);
  });
});

describe('a form', () => {
  test('asks for what is missing, and checks it while it is typed', async () => {
    const host = hostWith();
    await using board = await openBoard(host, { rows: 40 });
    await board.press('n');
    expect(board.text()).toContain('Where it is cloned from');
    await board.press('enter');
    expect(host.calls).toEqual([]);
    await board.type('https://git.example.test/new.git');
    await board.press('tab');
    await board.type('fresh');
    await board.press('enter');
    expect(host.calls.at(-1)).toEqual({
      action: 'workspace.add',
      input: { url: 'https://git.example.test/new.git', name: 'fresh' },
    });
  });

  test('comes from the palette with tab, with a toggle for each flag and numbers checked', async () => {
    const host = hostWith();
    await using board = await openBoard(host, { rows: 40 });
    await board.press(':');
    await board.type('repo fetch');
    await board.press('tab', 'tab');
    expect(board.text()).toContain('How many at once');
    await board.press('tab', 'space', 'tab');
    await board.type('99');
    expect(board.text()).toContain('at most 16');
    await board.press('backspace', 'enter');
    expect(host.calls.at(-1)).toEqual({ action: 'repo.fetch', input: { prune: true, jobs: 9 } });
  });
});

describe('help', () => {
  test('lists the keys that count here, greys what can’t run with its reason, and runs what is picked', async () => {
    const host = hostWith();
    await using board = await openBoard(host, { rows: 40 });
    await board.press('?');
    expect(board.line('push')).toContain('it has nothing to push');
    await board.type('fetch');
    await board.press('enter');
    expect(host.calls.at(-1)?.action).toBe('repo.fetch');
  });
});

describe('the copy menu', () => {
  test('copies the command that an action on this row stands for', async () => {
    await using board = await openBoard(hostWith(), { rows: 40 });
    await board.press('j', 'y');
    await board.type('fetch command');
    await board.press('enter');
    expect(board.copied()).toBe('gantry repo fetch billing');
  });

  test('copies the MCP call', async () => {
    await using board = await openBoard(hostWith(), { rows: 40 });
    await board.press('y');
    await board.type('reset mcp');
    await board.press('enter');
    expect(board.copied()).toBe('{"name":"repo_reset","arguments":{"repos":["api"]}}');
  });

  test('copies a value of the row', async () => {
    await using board = await openBoard(hostWith(), { rows: 40 });
    await board.press('y');
    await board.type('path');
    await board.press('enter');
    expect(board.copied()).toBe('/home/ada/work/acme/api');
    expect(board.text()).toContain('copied path');
  });
});

describe('the command log', () => {
  test('shows the real commands as they ran, and by whom', async () => {
    await using board = await openBoard(hostWith(), { rows: 40 });
    await board.press('@', 'f');
    expect(board.line('git fetch')).toMatch(/ada screen +api +git fetch --end-of-options origin\/main/);
  });
});

describe('activity', () => {
  test('shows the steps of what was done', async () => {
    await using board = await openBoard(hostWith(), { cols: 130, rows: 40 });
    await board.press('*', 'f');
    await board.press('0', 'enter');
    expect(board.text()).toMatch(/status +done/);
    expect(board.text()).toContain('git fetch --end-of-options origin/main');
  });

  test('takes back the selected one', async () => {
    const host = hostWith();
    await using board = await openBoard(host);
    await board.press('f');
    await board.press('0', 'u');
    expect(host.calls.at(-1)).toEqual({ action: 'undo', input: { id: '101' } });
  });
});

describe('the first screen without a workspace', () => {
  const scope = { kind: 'none', directory: '/home/ada/src', found: 12 } as const;

  test('offers to take in what is below, or a demo', async () => {
    await using board = await openBoard(hostWith(), { scope });
    expect(board.text()).toContain('There is no workspace here');
    expect(board.text()).toMatch(/a +take in the 12 repositories below it/);
    expect(board.text()).toMatch(/m +make a demo workspace/);
  });

  test('takes them in with one key', async () => {
    const host = hostWith();
    await using board = await openBoard(host, { scope });
    await board.press('a');
    expect(host.calls.at(-1)?.action).toBe('workspace.adopt');
  });
});

describe('leaving', () => {
  test('q goes back from a zoomed pane, and quits at home', async () => {
    await using board = await openBoard(hostWith());
    await board.press('enter', 'q');
    expect(board.text()).toContain('Activity');
    board.send('q');
    expect(await board.exit).toBe(0);
    expect(board.written()).toMatch(/\x1b\[\?2004l\x1b\[\?25h\x1b\[\?1049l$/);
  });
});
