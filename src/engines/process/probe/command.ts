import { spawn } from 'node:child_process';
import type { Probe } from '../spec.ts';
import type { Answer, Asked } from './probe.ts';

/** Bytes of its output that may be told. */
const HEARD = 500;

/** A command that ends with 0 is an answer; one that takes too long is killed with all it started. */
export function askCommand(
  { argv }: Extract<Probe, { kind: 'command' }>,
  { cwd, env, signal }: Asked,
): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const [command = '', ...args] = argv;
  const child = spawn(command, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let heard = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      if (heard.length < HEARD) heard += text;
    });
  }
  const stop = () => {
    if (child.pid) endGroup(child.pid);
    reject(signal.reason);
  };
  signal.addEventListener('abort', stop, { once: true });
  child.once('error', reject);
  child.once('close', (code, killed) => {
    const said = heard.trim().split('\n').at(-1)?.slice(0, HEARD);
    resolve({ ok: code === 0, said: said || (killed ?? `exit code ${code}`) });
  });
  return promise.finally(() => signal.removeEventListener('abort', stop));
}

function endGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // It has just ended by itself.
  }
}
