import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Script } from 'node:vm';
import { describe, expect } from 'vitest';
import { linkProgram } from '../../../scripts/build/runtime/linker.ts';
import type { World } from '../../rig/home.ts';
import { test } from '../../rig/test.ts';

const require = createRequire(import.meta.url);
const FILES = { always: 'always-1.cjs', git: 'git-1.cjs' };

describe('a program in several files', () => {
  test('has each part once, however many ask for it', async ({ world }) => {
    const link = program(world);
    const counter = link.part('always', 'counter.ts') as { count(): number };
    counter.count();
    expect(((await link.load('git', 'status.ts')) as { count(): number }).count()).toBe(2);
  });

  test('reads a file when one of its parts is first used', ({ world }) => {
    const link = program(world);
    rmSync(world.path('dist', 'git-1.cjs'));
    const status = link.lazy('git', 'status.ts');
    expect(link.part('always', 'counter.ts')).toHaveProperty('count');
    expect(() => status.count).toThrow("Cannot find module './git-1.cjs'");
  });

  test('that stays has all files when an upgrade has removed them', async ({ world }) => {
    const link = program(world, ['counter.ts']);
    link.part('always', 'counter.ts');
    rmSync(world.path('dist'), { recursive: true });
    expect(((await link.load('git', 'status.ts')) as { count(): number }).count()).toBe(1);
  });
});

function program(world: World, lasting: string[] = []) {
  const directory = world.path('dist');
  mkdirSync(directory);
  writeFileSync(
    `${directory}/always-1.cjs`,
    '//1\n((require)=>({"counter.ts"(__link,__give){let n=0;__give({count:()=>++n})}}))',
  );
  writeFileSync(
    `${directory}/git-1.cjs`,
    '//2\n((require)=>({"status.ts"(__link,__give){__give(__link.part("always","counter.ts"))}}))',
  );
  return linkProgram({ directory, files: FILES, lasting, require, compile: (source) => new Script(source) });
}
