import { describe, expect } from 'vitest';
import { test } from '../../rig/test.ts';
import { outcomesOf, stepOf, writeText } from '../workspace/stage.ts';
import {
  commitOnly,
  createField,
  expectUndone,
  type Field,
  failures,
  likenesses,
  succeeds,
  withFeature,
  withHook,
} from './field.ts';

const REFUSES = 'echo "not on a Friday" >&2; exit 3';
const BUMPS = 'echo "$1" >version.txt && git add version.txt && git commit -qm "Bump to $1"';
const YES = { approval: { yes: true } } as const;

/** The workspace brings a command, so that it needs trust. */
const withCommand = ({ world }: Field, command = 'true') =>
  writeText(
    world.path('work', '.gantry', 'workspace.toml'),
    `[workspace]\nname = "w"\n[worktree]\nrun_cmd = "${command}"\n[[repos]]\nname = "api"\n`,
  );

const startOf = (name: string) => ['flow.feature.start', { name }] as const;

describe("git-flow's hooks", () => {
  test('are in the plan, as they are called', async ({ world }) => {
    const field = await createField(world, 'api');
    const api = field.workspace.repo('api');
    await withHook(api, 'pre-flow-feature-start', 'true');
    await withHook(api, 'post-flow-feature-start', 'true');
    const { described } = await field.stage.plan(...startOf('login'));
    const commands = described.flatMap(({ calls }) => calls.flatMap((one) => one.commands));
    expect(commands.map((words) => words.join(' '))).toEqual([
      `${api.path('.git/hooks/pre-flow-feature-start')} login origin feature/login develop`,
      expect.stringContaining('--create=feature/login'),
      `${api.path('.git/hooks/post-flow-feature-start')} login origin feature/login develop`,
    ]);
  });

  test('one that refuses stops its repo before anything changes, and is quoted; others go on', async ({
    world,
  }) => {
    const field = await createField(world, 'api', 'web');
    await withFeature(field);
    await withHook(field.workspace.repo('api'), 'pre-flow-feature-finish', REFUSES);
    const before = await likenesses(field.workspace);
    const found = await failures(field.stage, 'flow.feature.finish', { name: 'login' });
    expect(found).toMatchObject({
      api: {
        code: 'flow-hook-refused',
        message: 'api: pre-flow-feature-finish: ended with exit code 3: not on a Friday.',
        next: ['gantry flow feature finish login --repos api'],
      },
    });
    expect((await likenesses(field.workspace)).api).toEqual(before.api);
    expect(await field.workspace.repo('web').git('branch', '--list', 'feature/*')).toBe('');
  });

  test('one that fails afterwards is told of, and nothing is taken back', async ({ world }) => {
    const field = await createField(world, 'api');
    await withHook(field.workspace.repo('api'), 'post-flow-feature-start', REFUSES);
    const outcome = await field.stage.call(...startOf('login'), YES);
    expect(outcome).toMatchObject({
      receipt: { status: 'done' },
      data: {
        repos: [
          {
            status: 'done',
            summary: expect.stringMatching(
              /^on feature\/login.*; post-flow-feature-start: .*: not on a Friday$/,
            ),
          },
        ],
      },
    });
    expect(await field.workspace.repo('api').git('branch', '--show-current')).toBe('feature/login');
  });

  test('what one commits is merged, and undone with the rest', async ({ world }) => {
    const field = await createField(world, 'api');
    const api = field.workspace.repo('api');
    await withHook(api, 'post-flow-release-start', BUMPS);
    await expectUndone(field, () => succeeds(field.stage, 'flow.release.start', { name: '1.4.0' }));
    await succeeds(field.stage, 'flow.release.start', { name: '1.4.0' });
    await withHook(
      api,
      'pre-flow-release-finish',
      'echo done >done.txt; git add done.txt; git commit -qm Done',
    );
    const start = await likenesses(field.workspace);
    await succeeds(field.stage, 'flow.release.finish', { name: '1.4.0' });
    expect(await api.git('ls-tree', '--name-only', 'main')).toContain('done.txt\n');
    expect(await api.git('branch', '--list', 'release/*')).toBe('');
    await succeeds(field.stage, 'undo');
    expect(await likenesses(field.workspace)).toEqual(start);
  });

  test('what one commits is never lost with a squash', async ({ world }) => {
    const field = await createField(world, 'api');
    await withFeature(field);
    const api = field.workspace.repo('api');
    await withHook(
      api,
      'pre-flow-feature-finish',
      'echo done >done.txt; git add done.txt; git commit -qm Done',
    );
    const { api: failure } = await failures(field.stage, 'flow.feature.finish', {
      name: 'login',
      squash: true,
    });
    expect(failure?.code).toBe('world-moved');
    expect(await api.git('log', '-1', '--format=%s', 'feature/login')).toBe('Done');
  });

  test('run in a feature of its own worktree too, and when it is done', async ({ world }) => {
    const field = await createField(world, 'api');
    const api = field.workspace.repo('api');
    for (const name of ['pre-flow-feature-start', 'post-flow-feature-start', 'pre-flow-feature-finish'])
      await withHook(api, name, `echo "${name} $*" >>"$DOT_GIT_DIR/told"`);
    await succeeds(field.stage, 'feat', { name: 'search' });
    await succeeds(field.stage, 'feat', { name: 'search' });
    await succeeds(field.stage, 'done', { name: 'search' });
    const { stdout } = await world.run('cat', [api.path('.git', 'told')]);
    expect(stdout.trim().split('\n')).toEqual([
      'pre-flow-feature-start search origin feature/search develop',
      'post-flow-feature-start search origin feature/search develop',
      'pre-flow-feature-finish search origin feature/search',
    ]);
  });

  test('are found where git looks for its own', async ({ world }) => {
    const field = await createField(world, 'api');
    const api = field.workspace.repo('api');
    await withHook(api, 'pre-flow-feature-start', REFUSES, '.hooks');
    await api.git('config', 'core.hooksPath', '.hooks');
    const { api: failure } = await failures(field.stage, ...startOf('login'));
    expect(failure?.code).toBe('flow-hook-refused');
    await api.git('config', 'gitflow.path.hooks', '.git/hooks');
    await succeeds(field.stage, ...startOf('login'));
  });
});

describe('where a workspace needs trust', () => {
  test('hooks wait for it, and nothing is begun without it', async ({ world }) => {
    const field = await createField(world, 'api');
    await withCommand(field);
    const api = field.workspace.repo('api');
    await withHook(api, 'post-flow-feature-start', 'echo ran >ran.txt');
    const before = await likenesses(field.workspace);
    const { api: failure } = await failures(field.stage, ...startOf('login'));
    expect(failure).toMatchObject({
      code: 'workspace-untrusted',
      next: ['gantry workspace trust', 'gantry flow feature start login --repos api'],
      details: { commands: [api.path('.git/hooks/post-flow-feature-start')] },
    });
    expect(await likenesses(field.workspace)).toEqual(before);
    await field.stage.receipt('workspace.trust', {}, { actor: 'human' });
    const receipt = await succeeds(field.stage, ...startOf('login'));
    expect(outcomesOf(receipt, 'api')).toEqual([
      'skipped: post-flow-feature-start is trusted',
      'done',
      'done',
    ]);
    expect(await api.git('status', '--porcelain')).toContain('ran.txt');
  });

  test('a person is asked once, also for a feature with a worktree', async ({ world }) => {
    const field = await createField(world, 'api');
    await withCommand(field);
    await withHook(field.workspace.repo('api'), 'pre-flow-feature-start', 'true');
    let asked = 0;
    const answer = ({ kind }: { kind: string }) => {
      asked += kind === 'trust' ? 1 : 0;
      return { kind: 'yes' } as const;
    };
    const receipt = await field.stage.receipt('feat', { name: 'search' }, { actor: 'human', answer });
    expect(receipt.status).toBe('done');
    expect(asked).toBe(1);
    expect(stepOf(receipt, 'api').status).toBe('done');
  });

  test('a filter is not asked either', async ({ world }) => {
    const field = await createField(world, 'api');
    await withCommand(field);
    const api = field.workspace.repo('api');
    await withHook(api, 'filter-flow-release-start-version', 'echo ran >ran.txt; echo 9.9.9');
    const { api: failure } = await failures(field.stage, 'flow.release.start', { name: '1.4.0' });
    expect(failure?.code).toBe('workspace-untrusted');
    expect(await api.git('status', '--porcelain')).not.toContain('ran.txt');
  });
});

describe("git-flow's filters", () => {
  test('change what is planned', async ({ world }) => {
    const field = await createField(world, 'api', 'web');
    const api = field.workspace.repo('api');
    await withHook(api, 'filter-flow-release-start-version', 'echo "$1.0"');
    const found = await failures(field.stage, 'flow.release.start', { name: '1.4' });
    expect(found.web?.code).toBe('flow-version-invalid');
    await succeeds(field.stage, 'flow.release.start', { name: '1.4', repos: ['api'] });
    expect(await api.git('branch', '--show-current')).toBe('release/1.4.0');
    await commitOnly(api, 'Prepare', { 'prepared.txt': 'prepared\n' });
    await withHook(api, 'filter-flow-release-finish-tag-message', 'printf "%s\\n\\nof %s\\n" "$1" "$2"');
    await succeeds(field.stage, 'flow.release.finish', { name: '1.4.0', message: '# Spring' });
    expect(await api.git('tag', '--list', '--format=%(contents)')).toBe('# Spring\n\nof v1.4.0\n');
  });

  test.for([
    ['echo broken >&2; exit 2', /ended with exit code 2: broken/],
    ['true', /it gave nothing/],
  ] as const)('have to answer: %s', async ([script, message], { world }) => {
    const field = await createField(world, 'api');
    await withHook(field.workspace.repo('api'), 'filter-flow-hotfix-start-version', script);
    const before = await likenesses(field.workspace);
    const { api: failure } = await failures(field.stage, 'flow.hotfix.start', { name: '1.0.1' });
    expect(failure).toMatchObject({
      code: 'flow-filter-failed',
      message: expect.stringMatching(message),
    });
    expect(await likenesses(field.workspace)).toEqual(before);
  });
});
