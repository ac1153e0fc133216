import { test } from '../../rig/test.ts';
import { siege } from './siege.ts';

// The short form of test/soak/daemon-kills.
test('given services under load, when the daemon is killed twenty times, then none is lost or doubled, and no line', async ({
  world,
}) => {
  await siege(world, { seed: 20_261_121, kills: 20 });
});
