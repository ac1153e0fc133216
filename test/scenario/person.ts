import { expect } from 'vitest';
import type { World } from '../rig/home.ts';
import { programCommand } from '../rig/program.ts';
import { openPty } from '../rig/pty.ts';

/** Somebody at a terminal. */
export const asPerson = async (world: World, ...words: string[]) => {
  const [file, ...before] = programCommand();
  const at = { cwd: world.path('work'), env: world.environment(), cols: 100, rows: 30 };
  const pty = openPty({ file, args: [...before, ...words], ...at }, () => {});
  expect(await pty.exit).toMatchObject({ code: 0 });
};
