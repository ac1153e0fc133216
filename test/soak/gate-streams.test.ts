import { test } from '../rig/test.ts';
import { killUnder } from '../scenario/gate/streams.ts';

const STREAMS = 200;

test('given two hundred streams over two workers, when one is killed, then none hangs', ({ world }) =>
  killUnder(world, STREAMS));
