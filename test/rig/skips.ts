import type { Reporter, TestCase } from 'vitest/node';

/** Says which tests were skipped and why; where the servers are installed, in CI, a skip fails the run. */
export const skips: Reporter = {
  onTestRunEnd(modules) {
    const skipped = modules.flatMap((module) => [...module.children.allTests('skipped')]);
    if (skipped.length === 0) return;
    console.log(['Skipped:', ...skipped.map(lineOf), ''].join('\n'));
    if (process.env.CI) process.exitCode = 1;
  },
};

function lineOf(test: TestCase): string {
  const result = test.result();
  const why = result.state === 'skipped' && result.note ? `: ${result.note}` : '';
  return `  ${test.module.relativeModuleId} > ${test.fullName}${why}`;
}
