import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import type { World } from '../../rig/home.ts';
import { installHf } from '../../rig/hub/hf.ts';
import { startHub } from '../../rig/hub/hub.ts';
import { tinyGguf } from '../../rig/models.ts';
import { test } from '../../rig/test.ts';
import { digestOf, TINY } from '../models/stage.ts';
import { calledAs } from './called.ts';

const QWEN = {
  repo: 'Qwen/Qwen2.5-0.5B-Instruct-GGUF',
  file: 'qwen2.5-0.5b-instruct-q4_k_m.gguf',
  fp16: 'qwen2.5-0.5b-instruct-fp16.gguf',
};

/** A pool host whose hub has small models under the names of real ones. */
const poolHost = async (world: World) => {
  await world.run('git', ['init', '--quiet', world.path('work')]);
  const hub = await startHub();
  world.defer(() => hub.close());
  world.env.HF_ENDPOINT = hub.url;
  const bytes = tinyGguf();
  for (const [repo, file] of [
    [TINY.repo, TINY.file],
    [QWEN.repo, QWEN.file],
    [QWEN.repo, QWEN.fp16],
  ] as const) {
    hub.put(repo, file, bytes);
  }
  const models = world.path('work', '.test-models');
  return { pool: calledAs(world, 'llorch-pool'), bytes, models };
};

const TINY_PLACE = join('tinyllama', TINY.file);

describe('llorch-pool models, as its specification writes it', () => {
  test('shows the ten models, where they are from and whether they are here', async ({ world }) => {
    const { pool } = await poolHost(world);
    await installHf(world);
    await pool('models download tinyllama');
    const { stdout } = await pool('models catalog');
    const heads = stdout.split('\n').filter((line) => / - .*downloaded\)$/.test(line));
    expect(heads).toHaveLength(10);
    expect(heads.filter((line) => line.endsWith('(downloaded)'))).toEqual([
      expect.stringMatching(/^tinyllama - /),
    ]);
    expect(stdout).toContain(`HF Repo: https://huggingface.co/${TINY.repo}`);
    const { models } = JSON.parse((await pool('models catalog --json')).stdout);
    expect(models.filter(({ downloaded }: { downloaded: boolean }) => downloaded)).toMatchObject([
      { id: 'tinyllama', size_bytes: 669_000_000, requires_conversion: false },
    ]);
  });

  test('downloads with the very command, and tells the SHA-256', async ({ world }) => {
    const { pool, bytes, models } = await poolHost(world);
    const calls = await installHf(world);
    const done = await pool('models download tinyllama');
    expect(done).toMatchObject({ code: 0, stdout: expect.stringContaining(digestOf(bytes)) });
    expect(
      (await readFile(calls, 'utf8'))
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([['download', TINY.repo, TINY.file, '--local-dir', join(models, 'tinyllama')]]);
    expect(digestOf(await readFile(join(models, TINY_PLACE)))).toBe(digestOf(bytes));
  });

  test('without that command fails with how to install it, and leaves nothing', async ({ world }) => {
    const { pool, models } = await poolHost(world);
    const refused = await pool('models download tinyllama');
    expect(refused).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('pipx install') });
    expect(refused.stderr).toContain('hf command not found');
    expect(existsSync(models)).toBe(false);
  });

  test('downloads what is there only where that is forced, and an empty file always', async ({ world }) => {
    const { pool, models } = await poolHost(world);
    const calls = await installHf(world);
    await pool('models download tinyllama');
    const again = await pool('models download tinyllama');
    expect(again.stdout).toBe('Model already exists: tinyllama\nUse --force to re-download\n');
    expect((await pool('models download tinyllama --force')).code).toBe(0);
    await writeFile(join(models, TINY_PLACE), '');
    expect((await pool('models download tinyllama')).code).toBe(0);
    expect((await readFile(calls, 'utf8')).trim().split('\n')).toHaveLength(3);
  });

  test('tells what hf said of a file that is not there', async ({ world }) => {
    const { pool } = await poolHost(world);
    await installHf(world);
    const failed = await pool('models download mistral');
    expect(failed).toMatchObject({ code: 1, stderr: expect.stringContaining('Entry Not Found') });
  });

  test('lists, shows and verifies', async ({ world }) => {
    const { pool, models, bytes } = await poolHost(world);
    await installHf(world);
    const none = await pool('models list');
    expect(none).toMatchObject({ code: 0, stdout: expect.stringContaining('No models found at') });
    await pool('models download tinyllama');
    expect((await pool('models list')).stdout).toMatch(
      new RegExp(`tinyllama +${TINY.file} +${bytes.length} B`),
    );
    const { stdout } = await pool('models info tinyllama');
    expect(stdout).toContain(`HF Repo: https://huggingface.co/${TINY.repo}`);
    expect(stdout).toContain(`${TINY.file} - ${bytes.length} B`);
    expect(await pool('models verify tinyllama')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^✓ .*\.gguf - /),
    });
    await writeFile(join(models, TINY_PLACE), '');
    const empty = await pool('models verify tinyllama');
    expect(empty).toMatchObject({ code: 1, stdout: expect.stringContaining('EMPTY FILE') });
  });

  test('deletes after it was asked, what is of that model alone', async ({ world }) => {
    const { pool, models } = await poolHost(world);
    await installHf(world);
    await pool('models download qwen');
    await pool('models download qwen-fp16');
    const asked = await pool('models delete qwen', { input: 'n\n' });
    expect(asked).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/qwen takes .* Delete it\? \(y\/N\)/),
    });
    expect(existsSync(join(models, 'qwen', QWEN.file))).toBe(true);
    expect((await pool('models delete qwen', { input: 'y\n' })).code).toBe(0);
    expect(existsSync(join(models, 'qwen', QWEN.file))).toBe(false);
    expect(existsSync(join(models, 'qwen', QWEN.fp16))).toBe(true);
    expect((await pool('models delete qwen-fp16 --force')).code).toBe(0);
    expect(existsSync(join(models, 'qwen', QWEN.fp16))).toBe(false);
  });

  test.for(['info', 'verify', 'delete', 'download'])(
    '%s of a model that nobody knows is one error',
    async (verb, { world }) => {
      const { pool } = await poolHost(world);
      await installHf(world);
      const refused = await pool(`models ${verb} tinylama`);
      expect(refused).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('tinyllama') });
    },
  );
});
