import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';

// Each part stands alone, and the longest come first.
const parts = {
  'fast tests': [
    ...['vitest', 'run', '--project', 'unit', '--project', 'parity'],
    ...['--reporter', 'dot', '--maxWorkers', `${availableParallelism()}`],
  ],
  types: ['tsc'],
  biome: ['biome', 'check', '--error-on-warnings', '--colors=off'],
  oxlint: ['oxlint', '--deny-warnings'],
  registry: ['node', 'scripts/registry.ts', '--check'],
  reference: ['node', 'scripts/reference.ts', '--check'],
};

type Outcome = { name: string; passed: boolean; output: string };

const startedAt = performance.now();
const queue = Object.entries(parts);
const outcomes: Outcome[] = [];
await Promise.all(Array.from({ length: availableParallelism() }, work));

const failed = outcomes.filter(({ passed }) => !passed);
for (const { name, output } of failed) console.error(`\n${name}:\n${output.trim()}`);
console.log(
  `\n${outcomes.length - failed.length} passed, ${failed.length} failed, ${secondsSince(startedAt)}`,
);
process.exitCode = failed.length > 0 ? 1 : 0;

async function work(): Promise<void> {
  for (let part = queue.shift(); part !== undefined; part = queue.shift()) {
    const [name, command] = part;
    const partStartedAt = performance.now();
    const outcome = { name, ...(await run(command)) };
    outcomes.push(outcome);
    console.log(`${outcome.passed ? 'passed' : 'FAILED'}  ${name.padEnd(12)} ${secondsSince(partStartedAt)}`);
  }
}

function run([file = '', ...args]: string[]): Promise<Omit<Outcome, 'name'>> {
  return new Promise((resolve) => {
    const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
    child.on('error', (error) => resolve({ passed: false, output: error.message }));
    child.on('close', (code) => resolve({ passed: code === 0, output }));
  });
}

function secondsSince(start: number): string {
  return `${((performance.now() - start) / 1000).toFixed(1)} s`;
}
