import { randomBytes } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Context, Paths } from '#engines/core/context.ts';
import type { Wire } from '#engines/daemon/connect.ts';
import { socketPath } from '#engines/daemon/files.ts';
import { linesOf } from '#engines/daemon/lines.ts';
import type { Launch } from '#engines/daemon/program.ts';
import { identify } from '#engines/store/process.ts';
import { listen } from '../listen.ts';
import type { Log } from '../log.ts';
import { type Desk, openDesk } from './desk.ts';
import { PROMPT_LIMIT, parseRequest } from './request.ts';
import { writeScript } from './script.ts';

/** Lets the git and ssh of a call ask the person who made it. */
export interface Askpass {
  grant(ask: Context['ask']): Grant;
  close(): void;
}

export interface Grant {
  /** Laid over the environment of the call's child processes. */
  env: Record<string, string>;
  /** From then on nothing that has this environment gets an answer. */
  revoke(): void;
}

interface AskpassOptions {
  paths: Pick<Paths, 'runtime' | 'state'>;
  /** Starts the helper; its last argument will be the prompt. */
  launch: Launch;
  log: Log['write'];
}

/** Opens a socket to which the helpers of git and ssh bring their prompts, each with the token of its call. */
export async function openAskpass({ paths, launch, log }: AskpassOptions): Promise<Askpass> {
  const desks = new Map<string, Desk>();
  const script = writeScript(paths.state, launch);
  const socket = socketPath(paths.runtime, `askpass.${process.pid}.sock`);
  sweep(dirname(socket));
  const listener = await listen(socket, (wire) => void answer(wire));

  async function answer({ readable, writable }: Wire): Promise<void> {
    try {
      const { value: line } = await linesOf(readable, PROMPT_LIMIT).next();
      const request = parseRequest(line ?? '');
      const answer = await desks.get(request.token)?.answer(request);
      writable.end(answer === undefined ? '' : `${JSON.stringify(answer)}\n`);
    } catch {
      log('warn', 'something else than a prompt came to the askpass socket');
      writable.end();
    }
    readable.resume();
  }

  function grant(ask: Context['ask']): Grant {
    const token = randomBytes(32).toString('hex');
    desks.set(token, openDesk(ask));
    return { env: askpassEnvironment({ script, socket, token }), revoke: () => void desks.delete(token) };
  }

  return { grant, close: listener.close };
}

/** Removes the sockets of processes that were killed. */
function sweep(directory: string): void {
  for (const name of readdirSync(directory)) {
    const pid = /(?:^|\.)askpass\.(\d+)\.sock$/.exec(name)?.[1];
    if (pid && !identify(Number(pid))) rmSync(join(directory, name), { force: true });
  }
}

/** What makes git and ssh fetch their answers from the socket, and never from a terminal. */
export function askpassEnvironment({ script, socket, token }: Record<'script' | 'socket' | 'token', string>) {
  return {
    GIT_ASKPASS: script,
    SSH_ASKPASS: script,
    SSH_ASKPASS_REQUIRE: 'force',
    GIT_TERMINAL_PROMPT: '0',
    GANTRY_ASKPASS_SOCKET: socket,
    GANTRY_ASKPASS_TOKEN: token,
  };
}
