import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { describe, expect } from 'vitest';
import { staleIn, writeInto } from '../../scripts/reference/folder.ts';
import { test } from '../rig/test.ts';

const pages = [
  { path: 'README.md', text: 'all\n' },
  { path: 'schemas/repo.status.json', text: '{}\n' },
];

describe('a generated folder', () => {
  test('given nothing yet, every page is missing', ({ world }) => {
    expect(staleIn(world.path('docs'), pages)).toEqual([
      { path: 'README.md', why: 'is missing' },
      { path: 'schemas/repo.status.json', why: 'is missing' },
    ]);
  });

  test('given an older page and one of an action that is gone, both are told and then mended', async ({
    world,
  }) => {
    const gone = world.path('docs', 'schemas', 'repo.gone.json');
    await mkdir(dirname(gone), { recursive: true });
    await writeFile(gone, '{}\n');
    await writeFile(world.path('docs', 'README.md'), 'less\n');

    expect(staleIn(world.path('docs'), pages)).toEqual([
      { path: 'README.md', why: 'is stale' },
      { path: 'schemas/repo.status.json', why: 'is missing' },
      { path: 'schemas/repo.gone.json', why: 'describes nothing' },
    ]);

    writeInto(world.path('docs'), pages);
    expect(staleIn(world.path('docs'), pages)).toEqual([]);
    expect(readFileSync(world.path('docs', 'README.md'), 'utf8')).toBe('all\n');
    expect(existsSync(gone)).toBe(false);
  });
});
