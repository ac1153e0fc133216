import { mkdir, rm, writeFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import { failureOf as failureOfThrown } from '#engines/core/errors.ts';
import { quote } from '#engines/core/shell.ts';
import { failedGit } from '#engines/git/failure.ts';
import { git } from '#engines/git/run.ts';
import { lockIn } from '../../../src/engines/git/locks.ts';
import { testContext } from '../../rig/context.ts';
import { createSite } from '../../rig/states.ts';
import { test } from '../../rig/test.ts';

const failureOf = (stderr: string) =>
  failedGit({ argv: ['git', 'fetch', '--all'], cwd: '/srv/my api', exitCode: 128, stderr }).failure;

/** What git 2.39, ssh and curl really wrote. */
const WORDS: [code: string, exit: string, stderr: string][] = [
  [
    'remote-host-key',
    'network',
    'Host key verification failed.\r\nfatal: Could not read from remote repository.\n',
  ],
  [
    'remote-auth',
    'network',
    'ada@host: Permission denied (publickey,password).\r\nfatal: Could not read from remote repository.\n',
  ],
  [
    'remote-auth',
    'network',
    "fatal: could not read Username for 'https://example.org': terminal prompts disabled\n",
  ],
  ['remote-auth', 'network', "fatal: Authentication failed for 'https://example.org/x.git/'\n"],
  [
    'remote-auth',
    'network',
    "fatal: unable to access 'https://example.org/x/': The requested URL returned error: 403\n",
  ],
  [
    'remote-not-found',
    'network',
    'ERROR: Repository not found.\nfatal: Could not read from remote repository.\n',
  ],
  [
    'remote-not-found',
    'network',
    "fatal: '/nowhere' does not appear to be a git repository\nfatal: Could not read from remote repository.\n",
  ],
  ['remote-not-found', 'network', "fatal: repository 'https://example.org/x/' not found\n"],
  [
    'remote-unreachable',
    'network',
    'ssh: Could not resolve hostname nowhere: Name or service not known\nfatal: Could not read from remote repository.\n',
  ],
  [
    'remote-unreachable',
    'network',
    "fatal: unable to access 'https://x.invalid/': Could not resolve host: x.invalid\n",
  ],
  [
    'remote-unreachable',
    'network',
    'ssh: connect to host 10.0.0.1 port 22: Connection timed out\nfatal: Could not read from remote repository.\n',
  ],
  ['remote-unreachable', 'network', 'fatal: early EOF\nfatal: fetch-pack: invalid index-pack output\n'],
  [
    'disk-full',
    'git',
    'error: file write error: No space left on device\nfatal: unable to write loose object file\n',
  ],
  ['git-ownership', 'git', "fatal: detected dubious ownership in repository at '/srv/my api'\n"],
  [
    'push-rejected',
    'git',
    ' ! [rejected]        main -> main (fetch first)\nerror: failed to push some refs\n',
  ],
  [
    'push-declined',
    'git',
    ' ! [remote rejected] main -> main (pre-receive hook declined)\nerror: failed to push some refs\n',
  ],
  [
    'changes-in-the-way',
    'git',
    'error: Your local changes to the following files would be overwritten by merge:\n\ta\nAborting\n',
  ],
  ['not-a-repo', 'git', 'fatal: not a git repository (or any of the parent directories): .git\n'],
  ['git-failed', 'git', 'fatal: something that nobody foresaw\n'],
];

describe('a git that failed', () => {
  for (const [code, exit, stderr] of WORDS) {
    test(`is ${code}: ${stderr.split('\n')[0]}`, () => {
      const failure = failureOf(stderr);
      expect(failure).toMatchObject({ code, exit, details: { stderr, exitCode: 128 } });
      expect(failure.next?.length).toBeGreaterThan(0);
      expect(failure.meaning).toBeTruthy();
    });
  }

  test('is told in the line in which git says why', () => {
    expect(failureOf('hint: see below\nfatal: the reason\nhint: more\n').message).toBe('git: the reason');
    expect(failureOf('').message).toBe('git fetch ended with exit code 128.');
  });

  test('of a push is told in what the remote says', async ({ world }) => {
    const { repo, remote } = await createSite(world, {
      dir: world.path('work', 'api'),
      remote: world.path('remotes', 'api.git'),
      state: 'ahead',
    });
    const hook =
      '#!/bin/sh\nprintf "\\033[31mNo pushes\\033[0m on\\a Fridays.\\nAsk Ada; Connection refused\\n" >&2\nexit 1\n';
    await mkdir(remote.path('hooks'), { recursive: true });
    await writeFile(remote.path('hooks', 'pre-receive'), hook, { mode: 0o755 });
    const push = async () => {
      const args = ['push', '--progress', 'origin', 'HEAD:main'];
      const pushing = git(testContext(world), { cwd: repo.dir, mode: 'network', args });
      return failureOfThrown(await pushing.catch((thrown: unknown) => thrown));
    };

    expect(await push()).toMatchObject({
      code: 'push-declined',
      message:
        'git: ! [remote rejected] HEAD -> main (pre-receive hook declined); remote: No pushes on\u2407 Fridays.; remote: Ask Ada; Connection refused',
    });

    await rm(remote.path('hooks', 'pre-receive'));
    await repo.git('reset', '--quiet', '--hard', 'HEAD~2');
    expect(await push()).toMatchObject({
      code: 'push-rejected',
      message: 'git: ! [rejected] HEAD -> main (non-fast-forward)',
      next: ['gantry repo pull'],
    });
  });

  test('of a clone suggests nothing that needs the repository which did not come', () => {
    for (const [, , stderr] of WORDS.filter(([, exit]) => exit === 'network')) {
      const argv = ['git', 'clone', '--progress', '--', '/srv/no where.git', '/srv/api.cloning'];
      const { next } = failedGit({ argv, cwd: '/work', exitCode: 128, stderr }).failure;
      expect(next).toEqual(["git ls-remote --heads -- '/srv/no where.git'"]);
    }
  });

  test('suggests commands that a shell reads as they are meant', () => {
    expect(failureOf('fatal: x\n').next).toEqual(["git -C '/srv/my api' fetch --all"]);
    expect(quote("it's")).toBe("'it'\\''s'");
  });
});

describe('the lock in the way', () => {
  test('is the one of this repository, whichever words git has for it', () => {
    const cases: [stderr: string, lock: string | undefined][] = [
      ["fatal: Unable to create '/r/.git/index.lock': File exists.\n", '/r/.git/index.lock'],
      [
        "error: cannot lock ref 'refs/heads/a': Unable to create '/r/.git/refs/heads/a.lock': File exists.\n",
        '/r/.git/refs/heads/a.lock',
      ],
      ['error: could not lock config file .git/config: File exists\n', '/r/.git/config.lock'],
      ["remote: fatal: Unable to create '/there/index.lock': File exists.\n", undefined],
      ['fatal: not a git repository\n', undefined],
    ];
    for (const [stderr, lock] of cases) expect(lockIn(stderr, '/r')).toBe(lock);
  });
});
