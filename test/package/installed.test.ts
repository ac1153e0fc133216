import { readFileSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { test } from '../rig/test.ts';
import { type Installation, type Packed, pack } from './npm.ts';
import { launcherTools } from './tools.ts';

const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8'));
/** The names of the program, and what it calls itself under each. */
const NAMES = {
  gantry: 'gantry',
  smctl: 'smctl',
  'llorch-pool': 'llorch-pool',
  'pool-ctl': 'llorch-pool',
  llorch: 'llorch-pool',
  josctl: 'josctl',
};
const MINUTES = 5 * 60_000;
const UNREACHABLE = 'The package registry cannot be reached.';

let packed: Packed;
beforeAll(async () => {
  packed = await pack();
}, MINUTES);
afterAll(() => packed.remove());

describe('the packed package', () => {
  test('holds the launcher, the bundles and what says what they are', () => {
    const unexpected = packed.files.filter(
      (file) => !/^(bin\/gantry|dist\/[\w-]+\.(cjs|txt)|package\.json|README\.md|LICENSE)$/.test(file),
    );
    expect(unexpected).toEqual([]);
    expect(packed.files).toEqual(expect.arrayContaining(['bin/gantry', 'dist/gantry.cjs', 'package.json']));
  });

  describe.each([
    ['', []],
    [' with --ignore-scripts', ['--ignore-scripts']],
  ])('installed%s in an empty directory', (_, flags) => {
    const installed = installing(flags);

    test('brings its Node and nothing else', ({ skip }) => {
      const { packages } = installed() ?? skip(UNREACHABLE);
      expect(packages).toEqual(['gantry', expect.stringMatching(/^node-(bin-)?(linux|darwin)-(x64|arm64)$/)]);
    });

    test('runs where there is no other Node', async ({ world, skip }) => {
      const { gantry } = installed() ?? skip(UNREACHABLE);
      const { code, stdout } = await world.run(gantry, ['--version'], {
        env: { PATH: launcherTools(world) },
      });
      expect({ code, stdout }).toEqual({ code: 0, stdout: `gantry ${version}\n` });
    });

    test('runs by a link from elsewhere', async ({ world, skip }) => {
      const { gantry } = installed() ?? skip(UNREACHABLE);
      symlinkSync(gantry, world.path('g'));
      const { stdout } = await world.run(world.path('g'), ['--version'], {
        env: { PATH: launcherTools(world) },
      });
      expect(stdout).toContain(version);
    });

    test('answers to every name that it is installed as', async ({ world, skip }) => {
      const { gantry } = installed() ?? skip(UNREACHABLE);
      const env = { PATH: launcherTools(world) };
      for (const [name, answer] of Object.entries(NAMES)) {
        const { stdout } = await world.run(join(dirname(gantry), name), ['--version'], { env });
        expect(stdout).toBe(`${answer} ${version}\n`);
      }
    });

    test('makes the demo workspace and shows its status', async ({ world, skip }) => {
      const { gantry } = installed() ?? skip(UNREACHABLE);
      expect(await world.run(gantry, ['demo', world.path('demo')])).toMatchObject({ code: 0 });
      const status = await world.run(gantry, ['workspace', 'status', '--json'], { cwd: world.path('demo') });
      expect(status.json()).toMatchObject({ schemaVersion: 1, action: 'workspace.status', ok: true });
    });
  });

  describe('installed with --omit=optional', () => {
    const installed = installing(['--omit=optional']);

    test('runs on a system Node that is new enough', async ({ world, skip }) => {
      const { gantry, packages } = installed() ?? skip(UNREACHABLE);
      expect(packages).toEqual(['gantry']);
      const tools = launcherTools(world);
      symlinkSync(process.execPath, join(tools, 'node'));
      const { stdout } = await world.run(gantry, ['--version'], { env: { PATH: tools } });
      expect(stdout).toContain(version);
    });

    test('says what to install where there is none', async ({ world, skip }) => {
      const { gantry } = installed() ?? skip(UNREACHABLE);
      const { code, stderr } = await world.run(gantry, ['--version'], {
        env: { PATH: launcherTools(world) },
      });
      expect(code).toBe(1);
      expect(stderr).toContain('install gantry again without --omit=optional');
    });
  });
});

function installing(flags: string[]): () => Installation | undefined {
  let installation: Installation | undefined;
  beforeAll(async () => {
    installation = await packed.install(...flags);
  }, MINUTES);
  afterAll(() => {
    if (installation) rmSync(installation.directory, { recursive: true });
  });
  return () => installation;
}
