import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openerFor } from '#app/tui/terminal/opener.ts';
import { openBoard } from './fixtures/board.ts';
import { createMemoryHost } from './fixtures/memory-host.ts';
import { NOW, REPOS } from './fixtures/repos.ts';

const PROGRAM = process.platform === 'darwin' ? 'open' : 'xdg-open';

const remote = (change: object) => ({
  name: 'origin',
  url: '',
  followed: true,
  page: null,
  directory: null,
  ...change,
});

const hostWith = (...remotes: object[]) =>
  createMemoryHost({ repos: REPOS, now: () => NOW, answers: { 'repo.remotes': () => ({ remotes }) } });

/** A desktop whose opener writes down what it is given; it ends with the code. */
async function desktop(code = 0) {
  const dir = await mkdtemp(join(tmpdir(), 'gantry-opener-'));
  const opened = join(dir, 'opened');
  await writeFile(join(dir, PROGRAM), `#!/bin/sh\nprintf '%s\\n' "$@" > '${opened}'\nexit ${code}\n`);
  await chmod(join(dir, PROGRAM), 0o755);
  return {
    env: { PATH: `${dir}:/usr/bin:/bin`, DISPLAY: ':0' },
    opened: () => readFile(opened, 'utf8'),
    [Symbol.asyncDispose]: () => rm(dir, { recursive: true }),
  };
}

describe('o', () => {
  test('opens the page of the remote that is followed, and says so', async () => {
    await using desk = await desktop();
    const host = hostWith(
      remote({ page: 'https://git.example.test/acme/api' }),
      remote({ name: 'fork', page: 'https://git.example.test/ada/api' }),
    );
    await using board = await openBoard(host, { env: desk.env });
    await board.press('o');
    expect(board.text()).toContain('opened https://git.example.test/acme/api');
    expect(await desk.opened()).toBe('https://git.example.test/acme/api\n');
    expect(host.calls.at(-1)).toEqual({ action: 'repo.remotes', input: { repo: 'api' } });
  });

  test('says where a repo has no page, and opens nothing', async () => {
    await using board = await openBoard(hostWith(remote({ url: 'ext::sh -c evil' })));
    await board.press('o');
    expect(board.text()).toContain('api: none of its remotes has a web page');
  });

  test('without a display offers the address in the copy menu', async () => {
    const host = hostWith(remote({ page: 'https://git.example.test/acme/api' }));
    await using board = await openBoard(host, { rows: 40, env: { SSH_CONNECTION: '1', DISPLAY: '' } });
    await board.press('o');
    expect(board.text()).toContain('there is no display here');
    expect(board.line('web page')).toContain('https://git.example.test/acme/api');
    await board.press('enter');
    expect(board.copied()).toBe('https://git.example.test/acme/api');
  });

  test('offers it too where the opener fails', async () => {
    await using desk = await desktop(4);
    const host = hostWith(remote({ directory: '/srv/git/api.git' }));
    await using board = await openBoard(host, { rows: 40, env: desk.env });
    await board.press('o');
    expect(board.text()).toContain(`${PROGRAM} could not open it`);
    expect(board.line('directory')).toContain('/srv/git/api.git');
  });

  test('in a pane whose rows have no page says that', async () => {
    await using board = await openBoard(hostWith());
    await board.press('0', 'o');
    expect(board.text()).toContain('Activity: nothing of it is on the web');
  });
});

describe('the opener', () => {
  test.each(['javascript:alert(1)', 'file:///etc/passwd', 'vscode://x'])('refuses %s', (url) => {
    expect(openerFor({ kind: 'page', url }, 'linux', { DISPLAY: ':0' })).toHaveProperty('problem');
  });

  test('shows a directory on macOS and does not start it', () => {
    expect(openerFor({ kind: 'directory', path: '/x/evil.app' }, 'darwin', {})).toEqual({
      command: 'open',
      args: ['-R', '/x/evil.app'],
    });
  });
});
