import { describe, expect } from 'vitest';
import { pageOf } from '#engines/repo/page.ts';
import { readRepoRemotes } from '#engines/repo/remotes.ts';
import { testContext } from '../../rig/context.ts';
import { test } from '../../rig/test.ts';
import { createWorkspace } from '../../rig/workspace.ts';

describe('the web page of an address', () => {
  test.for([
    ['https://git.example.test/acme/api.git', 'https://git.example.test/acme/api'],
    ['http://localhost:3000/acme/api', 'http://localhost:3000/acme/api'],
    ['https://ada:secret@git.example.test/acme/api.git/', 'https://git.example.test/acme/api'],
    ['git@git.example.test:acme/api.git', 'https://git.example.test/acme/api'],
    ['ssh://git@git.example.test:2222/acme/api.git', 'https://git.example.test/acme/api'],
    ['git://git.example.test/acme/api', 'https://git.example.test/acme/api'],
    ['https://git.example.test/a b/\u202eipa.git', 'https://git.example.test/a%20b/%E2%80%AEipa'],
    ['https://git.example.test/x?token=1#y', 'https://git.example.test/x'],
  ] as const)('%s is %s', ([address, page]) => {
    expect(pageOf(address)).toBe(page);
  });

  test.for([
    '/srv/git/api.git',
    '../api.git',
    'file:///srv/git/api.git',
    'ext::sh -c evil',
    'javascript:alert(1)',
    'work:acme/api.git',
    'C:/git/api.git',
    '-oProxyCommand=evil:x',
    'https://',
    'https://-x/y',
    '',
  ])('%s has none', (address) => {
    expect(pageOf(address)).toBeUndefined();
  });
});

describe('the remotes of a repo', () => {
  test('come with the followed one first, each with where it can be looked at, none with a password', async ({
    world,
  }) => {
    const workspace = await createWorkspace(world, { api: 'clean' });
    const { git } = workspace.repo('api');
    await git('remote', 'add', 'aaa', 'https://ada:secret@git.example.test/acme/api.git');
    await git('remote', 'add', 'lost', '/nowhere');
    const { remotes } = await readRepoRemotes(
      { repo: 'api' },
      testContext(world, { workspace: workspace.dir }),
    );
    expect(remotes).toEqual([
      {
        name: 'origin',
        url: workspace.remote('api').dir,
        followed: true,
        page: null,
        directory: workspace.remote('api').dir,
      },
      {
        name: 'aaa',
        url: 'https://git.example.test/acme/api.git',
        followed: false,
        page: 'https://git.example.test/acme/api',
        directory: null,
      },
      { name: 'lost', url: '/nowhere', followed: false, page: null, directory: null },
    ]);
  });

  test('that are files are no directories to be opened', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'detached' });
    const { git } = workspace.repo('api');
    await git('bundle', 'create', '../evil.desktop', 'HEAD');
    await git('remote', 'set-url', 'origin', '../evil.desktop');
    const { remotes } = await readRepoRemotes(
      { repo: 'api' },
      testContext(world, { workspace: workspace.dir }),
    );
    expect(remotes).toMatchObject([{ name: 'origin', followed: false, directory: null, page: null }]);
  });
});
