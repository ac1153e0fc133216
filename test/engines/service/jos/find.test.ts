import { symlink, writeFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import { failureOf } from '#engines/core/errors.ts';
import { findArtifact } from '#engines/service/jos/find.ts';
import { loadArtifact } from '#engines/service/jos/load.ts';
import { requireReference } from '#engines/service/jos/reference.ts';
import { writeArtifact } from '../../../rig/artifacts.ts';
import { testContext } from '../../../rig/context.ts';
import { test } from '../../../rig/test.ts';

const failing = (promise: Promise<unknown>) =>
  promise.then(
    (found) => expect.fail(`${found} was found`),
    (thrown) => failureOf(thrown),
  );

describe('an artifact that somebody names', () => {
  test('is a path with or without its ending, or the name of an installed one', async ({ world }) => {
    const context = testContext(world);
    const here = await writeArtifact(world.path('work', 'sub', 'here.jos'));
    const installed = await writeArtifact(world.path('home', '.jos', 'artifacts', 'there.jos'));
    for (const named of ['sub/here.jos', 'sub/here', './sub/here.jos', here]) {
      expect(await findArtifact(named, context)).toBe(here);
    }
    for (const named of ['there', 'there.jos']) expect(await findArtifact(named, context)).toBe(installed);
    const nearer = await writeArtifact(world.path('work', 'there.jos'));
    expect(await findArtifact('there', context)).toBe(nearer);
  });

  test('is missing, and one that is called alike is told', async ({ world }) => {
    const context = testContext(world);
    await writeArtifact(world.path('work', 'clock.jos'));
    await writeArtifact(world.path('home', '.jos', 'artifacts', 'board.jos'));
    expect(await failing(findArtifact('clok.jos', context))).toMatchObject({
      code: 'artifact-missing',
      message: 'There is no artifact clok.jos. Did you mean clock.jos?',
    });
    expect(await failing(findArtifact('baord', context))).toMatchObject({
      message: expect.stringContaining('Did you mean board.jos?'),
    });
    for (const named of ['sub', '', '../board', './board', 'a\0b', '.']) {
      expect(await failing(findArtifact(named, context))).toMatchObject({ code: 'artifact-missing' });
    }
  });
});

describe('an artifact that a step names', () => {
  test('is beside its parent, below it or installed', async ({ world }) => {
    const context = testContext(world);
    const parent = await loadArtifact(await writeArtifact(world.path('work', 'flows', 'parent.jos')));
    const beside = await writeArtifact(world.path('work', 'flows', 'beside.jos'));
    const below = await writeArtifact(world.path('work', 'flows', 'atoms', 'below.jos'));
    const installed = await writeArtifact(world.path('home', '.jos', 'artifacts', 'org.example.atom.jos'));
    expect(await requireReference(parent, './beside.jos', context)).toBe(beside);
    expect(await requireReference(parent, 'beside', context)).toBe(beside);
    expect(await requireReference(parent, 'atoms/below', context)).toBe(below);
    expect(await requireReference(parent, beside, context)).toBe(beside);
    expect(await requireReference(parent, 'org.example.atom', context)).toBe(installed);
    expect(await failing(requireReference(parent, './nowhere.jos', context))).toMatchObject({
      code: 'artifact-missing',
    });
  });

  test('is anywhere in the workspace that its parent is part of', async ({ world }) => {
    const parent = await loadArtifact(await writeArtifact(world.path('work', 'flows', 'parent.jos')));
    const other = await writeArtifact(world.path('work', 'atoms', 'other.jos'));
    const inWorkspace = testContext(world, { workspace: world.path('work') });
    expect(await requireReference(parent, '../atoms/other.jos', inWorkspace)).toBe(other);
    expect(await failing(requireReference(parent, '../atoms/other.jos', testContext(world)))).toMatchObject({
      code: 'reference-outside',
    });
    const elsewhere = testContext(world, { workspace: world.path('home') });
    expect(await failing(requireReference(parent, '../atoms/other.jos', elsewhere))).toMatchObject({
      code: 'reference-outside',
    });
  });

  test('is nothing else that this person has, be it by dots, absolutely or by a link', async ({ world }) => {
    const context = testContext(world, { workspace: world.path('work') });
    const parent = await loadArtifact(await writeArtifact(world.path('work', 'parent.jos')));
    const secret = await writeArtifact(world.path('elsewhere', 'secret.jos'));
    await symlink(secret, world.path('work', 'innocent.jos'));
    await symlink(world.path('elsewhere'), world.path('work', 'way'));
    for (const named of ['../elsewhere/secret.jos', secret, 'innocent.jos', 'innocent', 'way/secret.jos']) {
      expect([named, (await failing(requireReference(parent, named, context))).code]).toEqual([
        named,
        'reference-outside',
      ]);
    }
    await writeFile(world.path('work', 'parent.jos.txt'), '');
    expect((await failing(requireReference(parent, '', context))).code).toBe('artifact-missing');
  });
});
