import { test } from '../../rig/test.ts';
import { killDownloads } from './kills.ts';

test('a daemon that is killed twenty times loses nothing of what has come', async ({ world }) => {
  await killDownloads(world, { seed: 7, kills: 20, size: 90_000_000 });
}, 240_000);
