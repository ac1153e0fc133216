import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { EXIT } from '#engines/core/errors.ts';
import type { Json } from '#engines/core/json.ts';
import { cliError } from './errors.ts';

/** Hands the terminal to the person's editor. The editor may be given with arguments, which a shell takes apart. */
export async function runEditor(data: Json): Promise<number> {
  const { file, editor } = data as { file: string; editor: string };
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const child = spawn('/bin/sh', ['-c', `exec ${editor} "$1"`, 'sh', file], { stdio: 'inherit' });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  if (code === 0) return EXIT.ok;
  throw cliError(
    'editor-failed',
    `${editor} ended with ${code === null ? 'a signal' : `exit code ${code}`}.`,
    {
      next: ['gantry config set editor <command>', `ls -l ${file}`],
    },
  );
}
