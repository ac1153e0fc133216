import { defineConfig } from 'vitest/config';
import { skips } from './test/rig/skips.ts';

// What starts git, a daemon or a terminal takes seconds; the rest is the unit tests.
const processes = [
  'test/app/daemon',
  'test/app/mcp',
  'test/engines/git',
  'test/engines/repo',
  'test/engines/undo',
  'test/engines/workspace',
  'test/rig',
];
const parity = ['test/parity'];
const scenarios = ['test/scenario', 'test/package', 'test/real'];
const soak = ['test/soak'];

const testsIn = (folders: string[]) => folders.map((folder) => `${folder}/**/*.test.{ts,tsx}`);
const patient = { testTimeout: 60_000, hookTimeout: 60_000 };
const built = { globalSetup: './scripts/build/before-tests.ts' };

export default defineConfig({
  test: {
    reporters: ['default', skips],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: testsIn(['test']),
          exclude: testsIn([...processes, ...parity, ...scenarios, ...soak]),
        },
      },
      { extends: true, test: { name: 'process', include: testsIn(processes), ...patient } },
      { extends: true, test: { name: 'parity', include: testsIn(parity), ...patient, ...built } },
      { extends: true, test: { name: 'scenario', include: testsIn(scenarios), ...patient, ...built } },
      {
        extends: true,
        test: { name: 'soak', include: testsIn(soak), ...patient, ...built, testTimeout: 600_000 },
      },
    ],
  },
});
