import { describe } from 'vitest';
import { test } from '../rig/test.ts';
import { sendElsewhere, sendHere } from '../scenario/gate/large.ts';

const SIZE = 4 * 1_024 ** 3;

describe('given a model of 4 GiB, then nobody ever has more than 256 MiB of memory', () => {
  test('who sends it', ({ world }) => sendElsewhere(world, SIZE));
  test('whose gateway takes it', ({ world }) => sendHere(world, SIZE));
});
