import { describe, expect, test } from 'vitest';
import type { Host } from '#engines/core/host.ts';
import { ANSWERS } from './fixtures/answers.ts';
import { openBoard } from './fixtures/board.ts';
import { createMemoryHost, type MemoryHostOptions } from './fixtures/memory-host.ts';
import { NOW, REPOS, repo } from './fixtures/repos.ts';

const hostWith = (options: Partial<MemoryHostOptions> = {}) =>
  createMemoryHost({ repos: REPOS, now: () => NOW, answers: ANSWERS, ...options });

describe('an action', () => {
  test('runs in the host and says in one line how it ended', async () => {
    await using board = await openBoard(hostWith(), { cols: 160 });
    await board.press('f');
    expect(board.text()).toContain('repo fetch: 1 done');
    expect(board.line('repo.fetch')).toMatch(/✓ +repo\.fetch +ada screen +1 done/);
  });

  test('shows its progress on its rows and how to cancel it', async () => {
    const host = hostWith();
    host.hold();
    await using board = await openBoard(host);
    await board.press('space', 'j', 'space');
    board.send('f');
    await board.shows('40 % re');
    expect(board.text()).toMatch(/▸ +api .*40 % re/);
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

describe('a plan that is confirmed by name on a small screen', () => {
  test('says the whole name, and is read to its end with the arrows', async () => {
    await using board = await openBoard(hostWith(), { cols: 40, rows: 12 });
    await board.press('space', 'j', 'space', 'P');
    expect(board.text()).toMatch(/Type +push|Type\s+│\s+│\s+push/);
    expect(board.text()).toContain('down up scroll');
    expect(board.text()).not.toContain('billing');
    await board.press('pagedown', 'down', 'down', 'down', 'down');
    expect(board.text()).toContain('billing');
    await board.press('up', 'pageup', 'pageup');
    expect(board.text()).not.toContain('billing');
    await board.type('j');
    expect(board.text()).toContain('› j');
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
    expect(board.text()).toContain('┍━ 0 Activity');
  });

  test('shows what a query says as something to read', async () => {
    await using board = await openBoard(hostWith(), { rows: 40 });
    await board.press(':');
    await board.type('repo branches web');
    await board.press('enter');
    expect(board.text()).toContain('repo branches');
    expect(board.text()).toMatch(/feature\/invoices +no +origin\/feature\/invoices/);
  });
});

describe('arguments in the palette', () => {
  const branches = {
    branches: [
      { name: 'main', subject: '' },
      { name: 'feature/in voices', subject: 'Draft' },
    ],
  };
  const answers = {
    ...ANSWERS,
    'workspace.list': () => ({ repos: REPOS.map(({ name }) => ({ name, url: `../${name}.git` })) }),
    'repo.branches': () => branches,
  };
  const opened = async () => {
    const host = hostWith({ answers });
    return { host, board: await openBoard(host, { rows: 40 }) };
  };

  test('are offered by the names of the repos, and put there by enter', async () => {
    const { board, host } = await opened();
    await using _ = board;
    await board.press(':');
    await board.type('repo fetch ');
    expect(board.line('../gateway.git')).toContain('gateway');
    await board.type('gate');
    expect(board.text()).not.toContain('../web.git');
    await board.press('down', 'enter');
    expect(board.line('› ')).toContain('repo fetch gateway ');
    expect(board.text()).not.toMatch(/gateway +\.\.\/gateway/);
    await board.type('we');
    await board.press('tab', 'enter');
    expect(host.calls.at(-1)).toEqual({ action: 'repo.fetch', input: { repos: ['gateway', 'web'] } });
  });

  test('are asked of the repo that is named, once', async () => {
    const { board, host } = await opened();
    await using _ = board;
    await board.press(':');
    await board.type('repo log api --from fea');
    await board.press('tab');
    expect(board.line('› ')).toContain("repo log api --from 'feature/in voices' ");
    await board.press('enter');
    expect(host.calls.map(({ action, input }) => [action, input])).toEqual([
      ['repo.branches', { repo: 'api' }],
      ['repo.log', { repo: 'api', from: 'feature/in voices' }],
    ]);
  });

  test('of a fixed choice are its values, and a dash offers the options', async () => {
    const { board } = await opened();
    await using _ = board;
    await board.press(':');
    await board.type('repo clean -');
    expect(board.line('--what')).toContain('Which of them');
    await board.type('-what ');
    expect(board.line('ignored')).toBeTruthy();
    expect(board.line('untracked')).toBeTruthy();
  });

  test('that could be taken for another by a terminal are not offered', async () => {
    branches.branches.push({ name: 'evil\u202ebranch', subject: '' });
    const { board } = await opened();
    await using _ = board;
    await board.press(':');
    await board.type('repo log api --from ');
    expect(board.text()).toContain('feature/in voices');
    expect(board.text()).not.toContain('evil');
  });

  test('that stand already stand in the form too', async () => {
    const { board } = await opened();
    await using _ = board;
    await board.press(':');
    await board.type('repo fetch web ');
    await board.press('tab');
    expect(board.line('repos:')).toContain('web');
    expect(board.text()).toContain('How many at once');
  });
});

describe('a stream from the palette', () => {
  /** A host whose stream tells what the test tells it. */
  function streaming() {
    const host = hostWith();
    let tell = (_: string) => {};
    let isOpen = false;
    const began = Promise.withResolvers<void>();
    const events = async function* (signal: AbortSignal) {
      isOpen = true;
      try {
        for (;;) {
          const next = Promise.withResolvers<string>();
          tell = next.resolve;
          began.resolve();
          signal.addEventListener('abort', () => next.reject(signal.reason), { once: true });
          yield { line: await next.promise };
        }
      } finally {
        isOpen = false;
      }
    };
    const follow: typeof host.follow = (action, input, caller) =>
      action === 'daemon.logs' ? events(caller.signal) : host.follow(action, input, caller);
    return {
      host: { ...host, follow },
      tell: (line: string) => tell(line),
      began: began.promise,
      isOpen: () => isOpen,
    };
  }

  test('shows its events as they come, and ends when it is closed', async () => {
    const { host, tell, began, isOpen } = streaming();
    await using board = await openBoard(host);
    await board.press(':');
    await board.type('daemon logs');
    await board.press('enter');
    await began;
    expect(board.text()).toContain('daemon logs, live');
    await board.rest(() => tell('listens on \x1b[2Jsocket'));
    expect(board.text()).toContain('listens on ␛[2Jsocket');
    for (let line = 0; line < 40; line++) await board.rest(() => tell(`line ${line}`));
    expect(board.text()).toContain('line 39');
    await board.press('g');
    await board.rest(() => tell('line 40'));
    expect(board.text()).not.toContain('line 40');
    await board.press('G');
    await board.rest(() => tell('line 41'));
    expect(board.text()).toContain('line 41');
    expect(isOpen()).toBe(true);
    await board.press('esc');
    expect(isOpen()).toBe(false);
    expect(board.text()).not.toContain('daemon logs');
  });
});

describe('something wide to read', () => {
  test('is a table whose lines stay whole, and is seen to its right end', async () => {
    await using board = await openBoard(hostWith(), { cols: 60, rows: 20 });
    await board.press(':');
    await board.type('repo branches web');
    await board.press('enter');
    expect(board.line('BRANCH')).not.toContain('SUBJECT');
    expect(board.text()).toContain('> further right');
    await board.press('>', '>', '>', '>');
    expect(board.line('SUBJECT')).not.toContain('BRANCH');
    await board.press('<', '<', '<', '<');
    expect(board.line('BRANCH')).toMatch(/│ +BRANCH/);
  });
});

describe('something long to read', () => {
  test('goes back from its end with the first key', async () => {
    await using board = await openBoard(hostWith());
    await board.press(':');
    await board.type('repo log api');
    await board.press('enter', 'G');
    const end = board.text();
    await board.press('j', 'j', 'j', 'k');
    expect(board.text()).not.toBe(end);
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

  test('shows the field that has the keys, however small the screen', async () => {
    await using board = await openBoard(hostWith(), { cols: 40, rows: 12 });
    await board.press('x');
    for (const name of ['command', 'parallel', 'stop', 'title']) {
      expect(board.line('▌')).toContain(name);
      await board.press('tab');
    }
    expect(board.line('▌')).toContain('command');
  });

  test('comes back with what was typed where the host does not take it', async () => {
    const host = hostWith();
    const failure = { code: 'x', exit: 'usage' as const, message: 'The address has a password in it.' };
    const picky: Host = {
      ...host,
      invoke: async (invocation, caller) =>
        invocation.action === 'workspace.add' && !String(Object(invocation.input).url).endsWith('fine')
          ? { kind: 'failure', failure }
          : host.invoke(invocation, caller),
    };
    await using board = await openBoard(picky, { rows: 40 });
    await board.press('n');
    await board.type('https://a:b@git.example.test/');
    await board.press('enter');
    expect(board.text()).toContain('The address has a password in it.');
    expect(board.line('url')).toContain('https://a:b@git.example.test/');
    await board.type('fine');
    expect(board.text()).not.toContain('has a password');
    await board.press('enter');
    expect(host.calls.at(-1)?.input).toEqual({ url: 'https://a:b@git.example.test/fine' });
  });

  test('suggests what the workspace knows, and the arrow takes the first of it', async () => {
    const repos = REPOS.map(({ name }) => ({ name, url: null }));
    const host = hostWith({ answers: { ...ANSWERS, 'workspace.list': () => ({ repos }) } });
    await using board = await openBoard(host, { rows: 40 });
    await board.press(':');
    await board.type('repo fetch ');
    await board.press('tab');
    expect(board.text()).toMatch(/› api {2}billing {2}console/);
    await board.type('we');
    expect(board.text()).toMatch(/› web /);
    await board.press('right');
    await board.type('do');
    await board.press('right');
    expect(board.line('▌ repos')).toContain('web docs');
    await board.press('enter');
    expect(host.calls.at(-1)?.input).toMatchObject({ repos: ['web', 'docs'] });
  });

  test('takes words as a shell would, quotes and all', async () => {
    const host = hostWith();
    await using board = await openBoard(host, { rows: 40 });
    await board.press('x');
    await board.type("git commit -m 'two words'");
    await board.press('enter');
    expect(host.calls.at(-1)?.input).toMatchObject({ command: ['git', 'commit', '-m', 'two words'] });
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
    expect(board.copied()).toBe('/home/ada/acme/api');
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

describe('undo', () => {
  test('says what it took back', async () => {
    await using board = await openBoard(hostWith());
    await board.press('f');
    await board.press('z');
    expect(board.text()).toContain('undo repo fetch: 8 done');
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
