import { describe, expect, test } from 'vitest';
import { GantryError } from '#engines/core/errors.ts';
import type { Host } from '#engines/core/host.ts';
import { openBoard } from './fixtures/board.ts';
import { createMemoryHost, type MemoryHost } from './fixtures/memory-host.ts';
import { NOW, REPOS, repo } from './fixtures/repos.ts';

const hostWith = (repos = REPOS) => createMemoryHost({ repos, now: () => NOW });

/** A host that can be lost, as the daemon can. */
function losable(host: MemoryHost): Host & { lose(): void } {
  const closed = Promise.withResolvers<void>();
  return Object.assign({ ...host }, { closed: closed.promise, lose: closed.resolve });
}

describe('a lost host', () => {
  test('is said, replaced, and what went away meanwhile is gone', async () => {
    const first = losable(hostWith());
    const hosts: Host[] = [
      first,
      hostWith([...REPOS.filter(({ name }) => name !== 'billing'), repo('fresh')]),
    ];
    await using board = await openBoard(() => Promise.resolve(hosts.shift() as Host));
    await board.press('j', 'j');
    first.lose();
    await board.shows('disconnected');
    await board.shows('fresh');
    expect(board.text()).not.toContain('billing');
    expect(board.text()).not.toContain('disconnected');
    expect(board.line('▌')).toContain('console');
  });

  test('that can’t be reached is explained', async () => {
    const failure = {
      code: 'daemon-silent',
      exit: 'failed' as const,
      message: 'The daemon does not answer.',
      next: ['gantry daemon logs'],
    };
    await using board = await openBoard(() => Promise.reject(new GantryError(failure)));
    await board.shows('The daemon does not answer.');
    expect(board.text()).toContain('gantry daemon logs');
  });
});

test('a pane whose stream fails says why, and r tries again', async () => {
  const host = hostWith();
  let broken = true;
  const failing: Host = {
    ...host,
    follow: (action, input, caller) => {
      if (!broken || action !== 'repo.watch') return host.follow(action, input, caller);
      throw new GantryError({
        code: 'manifest-invalid',
        exit: 'workspace',
        message: 'The manifest is broken in line 3.',
        meaning: 'Nothing was changed.',
        next: ['gantry workspace list'],
      });
    },
  };
  await using board = await openBoard(failing);
  expect(board.text()).toContain('The manifest is broken in line 3.');
  expect(board.text()).toContain('gantry workspace list');
  broken = false;
  await board.press('r');
  expect(board.text()).toContain('billing');
});

describe('keys that come before the rows', () => {
  const unread = {
    code: 'manifest-invalid',
    exit: 'workspace' as const,
    message: 'The manifest is broken in line 3.',
  };

  /** A board whose repos are being read until they are let go; the log is shown once the keys have been taken. */
  async function pressedEarly(keys: string) {
    const host = hostWith();
    const gate = Promise.withResolvers<void>();
    let isBroken = true;
    const slow: Host = {
      ...host,
      follow: async function* (action, input, caller) {
        if (action === 'repo.watch' && isBroken) throw new GantryError(unread);
        if (action === 'repo.watch') await gate.promise;
        yield* host.follow(action, input, caller);
      },
    };
    const board = await openBoard(slow, { rows: 40 });
    isBroken = false;
    board.send(`r${keys}@`);
    await board.shows('Commands');
    return { board, host, read: () => board.rest(gate.resolve) };
  }

  test.each([
    ['jj', 'console'],
    ['G', 'web'],
    ['Gg', 'api'],
    ['jjjk', 'console'],
    ['kkj', 'billing'],
  ])('%s selects, once they are there, what it would have selected', async (keys, selected) => {
    const { board, read } = await pressedEarly(keys);
    await using _ = board;
    await read();
    expect(board.line('▌')).toContain(selected);
  });

  test('and would act say that there is nothing yet to act on', async () => {
    const { board, host, read } = await pressedEarly('f');
    await using _ = board;
    expect(board.text()).toContain('fetch: its rows are still being read');
    await read();
    expect(host.calls.map(({ action }) => action)).not.toContain('repo.fetch');
  });
});

describe('a list that nobody has moved in', () => {
  test('stays at its first row while others come, until a person looks at it', async () => {
    const host = hostWith();
    await using board = await openBoard(host, { rows: 40 });
    await board.press('f', 's');
    await board.press('0');
    expect(board.line('▌')).toContain('workspace.sync');
    await board.press('1', 'f', '0');
    expect(board.line('▌')).toContain('workspace.sync');
  });
});

test('the header calls the workspace as its manifest does', async () => {
  const host = createMemoryHost({ repos: REPOS, now: () => NOW, workspace: 'Acme \x1b[31mshop' });
  await using board = await openBoard(host);
  await board.shows('Acme ␛[31mshop');
  expect(board.lines()[0]).toContain('~/acme');
});

test('a row that changes elsewhere changes here, by itself', async () => {
  const host = hostWith();
  await using board = await openBoard(host);
  await board.rest(() => host.set(repo('docs', { changed: 5 })));
  expect(board.line('docs')).toContain('~5');
});
