import { execFileSync } from 'node:child_process';
import { availableParallelism, loadavg, totalmem, type } from 'node:os';

const GIGABYTE = 1024 ** 3;

/** The machine in words that tell nobody whose it is, and how busy it is with other things. */
export function machine(): string {
  const git = execFileSync('git', ['--version'], { encoding: 'utf8' }).trim().replace('git version ', '');
  const cores = availableParallelism();
  const load = loadavg()[0]?.toFixed(1);
  const memory = Math.round(totalmem() / GIGABYTE);
  return `${cores} ${cores === 1 ? 'core' : 'cores'} of ${process.arch}, ${memory} GB, ${type()}, Node ${process.versions.node}, git ${git}; load ${load} before the first run`;
}
