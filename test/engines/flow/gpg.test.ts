import { execFileSync } from 'node:child_process';
import { describe, expect } from 'vitest';
import type { World } from '../../rig/home.ts';
import { test } from '../../rig/test.ts';
import { commitOnly, createField, expectUndone, type Field, succeeds, withFeature } from './field.ts';

const isMissing = (): boolean => {
  try {
    execFileSync('gpg', ['--version'], { stdio: 'pipe' });
    return false;
  } catch {
    return true;
  }
};

/** In CI it is installed, and a skip would hide that it is not. */
const isSkipped = isMissing() && !process.env.CI;
const WHY = 'there is no gpg here; install gnupg to run it';

/** A key without a passphrase, in the keyring of the world. */
const createKey = async (world: World, who: string): Promise<void> => {
  world.defer(() => world.run('gpgconf', ['--kill', 'all']));
  const args = ['--batch', '--quiet', '--passphrase', '', '--quick-gen-key', who, 'ed25519', 'sign', 'never'];
  const { code, stderr } = await world.run('gpg', args);
  if (code !== 0) throw new Error(`gpg ended with ${code}:\n${stderr}`);
};

const withRelease = async (field: Field, name: string) => {
  await succeeds(field.stage, 'flow.release.start', { name });
  await commitOnly(field.workspace.repo('api'), 'Prepare', { 'version.txt': `${name}\n` });
};

describe('with keys of gpg', () => {
  test('a tag is signed on request, by the committer or by the key that is named', async ({
    world,
    skip,
  }) => {
    skip(isSkipped, WHY);
    const field = await createField(world, 'api');
    const api = field.workspace.repo('api');
    const email = await api.git('config', 'user.email');
    const name = await api.git('config', 'user.name');
    await createKey(world, `${name} <${email}>`);
    await createKey(world, 'Release team <release@example.test>');
    await withRelease(field, '1.4.0');
    await expectUndone(field, () =>
      succeeds(field.stage, 'flow.release.finish', { name: '1.4.0', sign: true }),
    );
    await succeeds(field.stage, 'flow.release.finish', { name: '1.4.0', sign: true });
    expect((await api.tryGit('verify-tag', 'v1.4.0')).stderr).toContain(
      `Good signature from "${name} <${email}>"`,
    );
    await withRelease(field, '1.5.0');
    const signingkey = 'release@example.test';
    await succeeds(field.stage, 'flow.release.finish', { name: '1.5.0', signingkey });
    expect((await api.tryGit('verify-tag', 'v1.5.0')).stderr).toContain('Good signature from "Release team');
  });

  test('the merge of a feature is signed on request', async ({ world, skip }) => {
    skip(isSkipped, WHY);
    const field = await createField(world, 'api');
    const api = field.workspace.repo('api');
    await createKey(world, `Ada <${await api.git('config', 'user.email')}>`);
    await api.git('config', 'user.name', 'Ada');
    await withFeature(field);
    await succeeds(field.stage, 'flow.feature.finish', { name: 'login', sign: true });
    const { code, stderr } = await api.tryGit('verify-commit', 'develop');
    expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringContaining('Good signature') });
  });
});
