import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect } from 'vitest';
import type { World } from '../rig/home.ts';
import { test } from '../rig/test.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

describe('a command reads no engine but its own', () => {
  test.for([
    ['--version', []],
    ['--help', ['always', 'cli', 'cards']],
    ['config get --help', ['always', 'cli', 'cards', 'config']],
    ['complete -- conf', ['always', 'cli', 'cards']],
    ['config get undo.keepDays --json', ['always', 'config']],
    ['config get undo.keepDays', ['always', 'text', 'config']],
    ['activity list --json', ['always', 'commands', 'activity']],
  ] as const)('%s', async ([line, files], { world }) => {
    const gantry = withOnly(world, files);
    const { code, stdout, stderr } = await world.run(gantry, line.split(' '));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).not.toBe('');
  });
});

/** The newest build as an installation that has lost every other file. */
function withOnly(world: World, files: readonly string[]): string {
  const program = world.path('program');
  mkdirSync(`${program}/dist`, { recursive: true });
  cpSync(`${ROOT}bin`, `${program}/bin`, { recursive: true });
  for (const file of readdirSync(`${ROOT}dist`)) {
    const [, name = ''] = /^([\w-]+?)(?:-[0-9a-f]{16})?\.cjs$/.exec(file) ?? [];
    if (name === 'gantry' || files.includes(name)) cpSync(`${ROOT}dist/${file}`, `${program}/dist/${file}`);
  }
  return `${program}/bin/gantry`;
}
