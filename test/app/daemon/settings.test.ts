import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { openLog } from '#app/daemon/log.ts';
import { settle } from '#app/daemon/surroundings.ts';
import { openHost } from '#app/invoke/host.ts';
import { pathsFrom } from '#engines/core/paths.ts';
import { ensureDirectories } from '#engines/daemon/files.ts';
import { test } from '../../rig/test.ts';
import { ADA, caller, filesOf } from './client.ts';

test('given a daemon that runs, when log.level is set, then from its next look on its log tells that much', async ({
  world,
}) => {
  const files = filesOf(world);
  ensureDirectories(files);
  const log = openLog(files, { now: Date.now, rotates: true });
  const surroundings = { env: world.env, paths: pathsFrom(world.env), version: '1.0.0', openHost };
  const { resident, host, refresh } = await settle(surroundings, log, {
    isDaemon: false,
    withdraw: () => {},
  });
  world.defer(() => resident.ended);
  world.defer(() => resident.stop(true));
  const told = async () => {
    await refresh();
    await resident.begin({ action: 'config.show', input: {} }, { actor: ADA, cwd: '/' }, {}).outcome;
    return readFileSync(files.log, 'utf8').includes('debug config.show begins for ada');
  };
  expect(await told()).toBe(false);

  const set = { action: 'config.set', input: { key: 'log.level', value: 'debug' } };
  expect(await host.invoke(set, caller(world))).toMatchObject({ kind: 'receipt' });

  expect(await told()).toBe(true);
});
