import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Launch } from '#engines/daemon/program.ts';

/** Writes the executable that git and ssh call with a prompt, for they take no command with arguments. */
export function writeScript(directory: string, { command, args }: Launch): string {
  const script = join(directory, 'askpass');
  const beside = `${script}.${process.pid}`;
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  writeFileSync(
    beside,
    `#!/bin/sh\nunset GANTRY_CALLED_AS\nexec ${[command, ...args].map(quoted).join(' ')} "$1"\n`,
    {
      mode: 0o700,
    },
  );
  renameSync(beside, script);
  return script;
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
