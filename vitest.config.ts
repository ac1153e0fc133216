import { defineConfig } from 'vitest/config';
import { skips } from './test/rig/skips.ts';

// What starts git, a daemon or a terminal takes seconds; the rest is the unit tests.
const processes = [
  'test/app/daemon',
  'test/app/mcp',
  'test/engines/flow',
  'test/engines/git',
  'test/engines/lease',
  'test/engines/pipeline',
  'test/engines/process',
  'test/engines/repo',
  'test/engines/submodule',
  'test/engines/trigger',
  'test/engines/undo',
  'test/engines/worker',
  'test/engines/workspace',
  'test/engines/worktree',
  'test/rig',
];
const parity = ['test/parity'];
const conformance = ['test/conformance'];
const scenarios = ['test/scenario', 'test/package', 'test/real'];
const soak = ['test/soak'];

const testsIn = (folders: string[]) => folders.map((folder) => `${folder}/**/*.test.{ts,tsx}`);
const patient = { testTimeout: 60_000, hookTimeout: 60_000 };
const built = { globalSetup: './scripts/build/before-tests.ts' };

export default defineConfig({
  test: {
    reporters: ['default', skips],
    // A test waits for the processes that it starts more than it works itself.
    maxWorkers: '100%',
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          testTimeout: 20_000,
          include: testsIn(['test']),
          exclude: testsIn([...processes, ...parity, ...conformance, ...scenarios, ...soak]),
        },
      },
      { extends: true, test: { name: 'process', include: testsIn(processes), ...patient } },
      { extends: true, test: { name: 'parity', include: testsIn(parity), ...patient, ...built } },
      {
        extends: true,
        test: { name: 'conformance', include: testsIn(conformance), ...patient, ...built, maxConcurrency: 2 },
      },
      { extends: true, test: { name: 'scenario', include: testsIn(scenarios), ...patient, ...built } },
      {
        extends: true,
        test: { name: 'soak', include: testsIn(soak), ...patient, ...built, testTimeout: 600_000 },
      },
    ],
  },
});
