import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { openHost } from '#app/invoke/host.ts';
import { isTerminal } from '#app/surface/terminal.ts';
import { EXIT, GantryError } from '#engines/core/errors.ts';
import { pathsFrom } from '#engines/core/paths.ts';
import { quote } from '#engines/core/shell.ts';
import type { Parsed } from './argv/parse.ts';
import { callerOf } from './caller.ts';
import { cliError } from './errors.ts';

interface Settings {
  file: string;
  editor: string;
}

/** `gantry config edit`: the settings that `config path` names, in the person's editor. */
export async function runEdit({ input, globals }: Parsed): Promise<number> {
  if (globals.json || globals.headless || !isTerminal(0) || !isTerminal(1)) {
    throw cliError('usage', 'There is no terminal for an editor.', {
      next: ['gantry config path', 'gantry config set <key> <value>'],
    });
  }
  const host = openHost({ env: process.env, paths: pathsFrom(process.env), now: Date.now });
  const caller = callerOf(globals, new AbortController().signal, () => {});
  const outcome = await host.invoke({ action: 'config.path', input }, caller).finally(host.close);
  if (outcome.kind === 'failure') throw new GantryError(outcome.failure);
  return runEditor((outcome as { data: unknown }).data as Settings);
}

/** Hands the terminal to the editor, which may be given with arguments: a shell takes them apart. */
async function runEditor({ file, editor }: Settings): Promise<number> {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const child = spawn('/bin/sh', ['-c', `exec ${editor} "$1"`, 'sh', file], { stdio: 'inherit' });
  // The keys that interrupt are the editor's as long as it runs.
  process.on('SIGINT', () => {});
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  if (code === 0) return EXIT.ok;
  throw cliError(
    'editor-failed',
    `${editor} ended with ${code === null ? 'a signal' : `exit code ${code}`}.`,
    { next: ['gantry config set editor <command>', `ls -l ${quote(file)}`] },
  );
}
