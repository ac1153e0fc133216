import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { readToolchain } from '#engines/doctor/toolchain.ts';
import { testContext } from '../../rig/context.ts';
import type { World } from '../../rig/home.ts';
import { test } from '../../rig/test.ts';

/** A PATH with these programs and a shell. */
const contextWith = (world: World, tools: Record<string, string>) => {
  const bin = world.path('tools');
  mkdirSync(bin);
  for (const [name, script] of Object.entries(tools)) {
    writeFileSync(`${bin}/${name}`, `#!/bin/sh\n${script}\n`);
    chmodSync(`${bin}/${name}`, 0o755);
  }
  return testContext(world, { env: { ...world.env, PATH: bin } });
};

describe('the toolchain', () => {
  test('is what its programs say of themselves', async ({ world }) => {
    const context = contextWith(world, {
      rustc: 'echo "rustc 1.80.0"; echo more',
      cargo: 'echo "cargo 1.80.0"',
    });
    expect(await readToolchain({}, context)).toEqual({
      tools: [
        { name: 'rustc', version: 'rustc 1.80.0', problem: null },
        { name: 'cargo', version: 'cargo 1.80.0', problem: null },
      ],
    });
  });

  test('says what is absent, and what does not run', async ({ world }) => {
    const context = contextWith(world, { cargo: 'echo "error: no default toolchain" >&2; exit 1' });
    expect(await readToolchain({}, context)).toEqual({
      tools: [
        { name: 'rustc', version: null, problem: 'rustc was not found' },
        { name: 'cargo', version: null, problem: 'no default toolchain' },
      ],
    });
  });

  test('is asked in a way in which rustup installs nothing', async ({ world }) => {
    const context = contextWith(world, { rustc: 'echo "install $RUSTUP_AUTO_INSTALL"', cargo: 'echo cargo' });
    expect((await readToolchain({}, context)).tools[0]?.version).toBe('install 0');
  });
});
