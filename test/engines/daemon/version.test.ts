import { expect, test } from 'vitest';
import { isOlder } from '#engines/daemon/version.ts';

const ASCENDING = [
  '0.9.9',
  '0.10.0',
  '1.0.0-alpha',
  '1.0.0-alpha.1',
  '1.0.0-alpha.beta',
  '1.0.0-beta.2',
  '1.0.0-beta.11',
  '1.0.0',
  '1.0.1',
  '10.0.0',
];

test('given versions in the order of semantic versioning, then each is older than those after it only', () => {
  for (const [index, version] of ASCENDING.entries()) {
    expect(ASCENDING.filter((other) => isOlder(other, version))).toEqual(ASCENDING.slice(0, index));
  }
});

test('given versions that differ in build metadata alone, then neither is older', () => {
  expect(isOlder('1.0.0+a', '1.0.0+b') || isOlder('1.0.0+b', '1.0.0+a')).toBe(false);
});
