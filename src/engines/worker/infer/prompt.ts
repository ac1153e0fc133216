import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Context } from '#engines/core/context.ts';
import { quote } from '#engines/core/shell.ts';
import { workerError } from '../errors.ts';
import { standardInput } from './stdin.ts';

interface Given {
  prompt?: string;
  promptFile?: string;
}

/** The prompt as it was said, or the text of a file; `-` is what a shell pipes in. */
export async function promptFrom({ prompt, promptFile }: Given, context: Context): Promise<string> {
  if ((prompt === undefined) === (promptFile === undefined)) {
    const what = prompt === undefined ? 'There is no prompt.' : 'There are two prompts.';
    throw workerError('prompt-missing', what, {
      next: ["gantry worker infer … --prompt 'Hello'", 'gantry worker infer … --prompt-file -'],
    });
  }
  return prompt ?? (await textOf(promptFile as string, context));
}

async function textOf(file: string, { cwd, actor, signal }: Context): Promise<string> {
  // Another surface's standard input is not its caller's.
  const isPiped = file === '-' && actor.surface === 'shell';
  const path = resolve(cwd, file);
  try {
    return await text(isPiped ? standardInput(signal) : createReadStream(path));
  } catch (cause) {
    const what = isPiped ? 'The standard input' : path;
    throw workerError('prompt-unreadable', `${what} could not be read: ${(cause as Error).message}.`, {
      next: [`ls -l ${quote(path)}`],
      cause,
    });
  }
}
