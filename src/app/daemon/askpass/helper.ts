import { writeSync } from 'node:fs';
import type { Context } from '#engines/core/context.ts';
import { openSocket } from '#engines/daemon/connect.ts';
import { linesOf } from '#engines/daemon/lines.ts';

/** Runs as the askpass program of git and ssh: fetches the answer to a prompt and prints it; resolves with the exit code. */
export async function runAskpass(prompt: string, env: Context['env']): Promise<number> {
  const { GANTRY_ASKPASS_SOCKET: socket, GANTRY_ASKPASS_TOKEN: token, SSH_ASKPASS_PROMPT: manner } = env;
  // A security key waits to be touched: there is nothing to answer.
  if (manner === 'none') return 0;
  if (!socket || !token) return 1;
  const answer = await fetchAnswer(socket, { token, prompt, asker: process.ppid }).catch(() => undefined);
  if (answer === undefined) return 1;
  writeSync(1, `${answer}\n`);
  return 0;
}

async function fetchAnswer(socket: string, request: Record<string, unknown>): Promise<string | undefined> {
  const { readable, writable } = await openSocket(socket);
  writable.write(`${JSON.stringify(request)}\n`);
  const { value: line } = await linesOf(readable).next();
  writable.end();
  return line === undefined ? undefined : String(JSON.parse(line));
}
