import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';
import { remembered } from '#app/daemon/remembered.ts';
import { test } from '../../rig/test.ts';
import { until } from '../../rig/until.ts';

test('a file is read once while it stays as it is, and whenever it may be another', async ({ world }) => {
  const file = world.path('settings.json');
  let reads = 0;
  const text = remembered(file, () => {
    reads++;
    try {
      return readFileSync(file, 'utf8');
    } catch {
      return undefined;
    }
  });
  const isRemembered = () => {
    const before = reads;
    text();
    return reads === before;
  };
  expect(text()).toBeUndefined();
  expect(isRemembered()).toBe(true);

  for (let written = 0; written < 200; written++) {
    writeFileSync(file, String(written % 10));
    expect(text()).toBe(String(written % 10));
  }
  await until(isRemembered, { what: 'it to be trusted' });
  writeFileSync(`${file}.new`, 'x');
  renameSync(`${file}.new`, file);
  expect(text()).toBe('x');
  rmSync(file);
  expect(text()).toBeUndefined();
});
