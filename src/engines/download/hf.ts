import { stripVTControlCharacters } from 'node:util';
import type { Context } from '#engines/core/context.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import { quote } from '#engines/core/shell.ts';
import { findProgram } from '#engines/process/program.ts';
import { runChild } from '#engines/workspace/child.ts';
import { downloadError } from './errors.ts';
import { type HfArgs, hfArgv } from './operations.ts';

/** Throws `hf-missing`. */
export function requireHf(context: Context): void {
  if (findProgram('hf', context) !== undefined) return;
  throw downloadError('hf-missing', 'hf command not found.', {
    next: ["pipx install 'huggingface_hub[cli,hf_transfer]'"],
  });
}

/** It finds out by itself what is there. */
export async function checkHf(): Promise<undefined> {
  return undefined;
}

export async function applyHf({ args, target }: Application<HfArgs>, context: Context): Promise<Applied> {
  requireHf(context);
  const tell = openTell(target.name, context);
  const ended = await runChild(context, {
    argv: hfArgv(args),
    cwd: context.cwd,
    target: target.name,
    heard: tell,
  });
  if (ended.exitCode === 0) return { summary: `downloaded with hf to ${args.directory}` };
  const said = linesOf(ended.stderr || ended.stdout).at(-1);
  const how = ended.reason ?? `hf ended with ${ended.exitCode}`;
  throw downloadError('hf-failed', `${args.repo}: ${how}${said === undefined ? '' : `: ${said}`}.`, {
    next: [hfArgv(args).map(quote).join(' ')],
  });
}

/** Tells the share that hf has last written of. */
function openTell(target: string, { report }: Context): (text: string) => void {
  let last = -1;
  return (text) => {
    const share = Number([...text.matchAll(/(\d{1,3})%/g)].at(-1)?.[1] ?? Number.NaN);
    if (Number.isNaN(share) || share === last) return;
    last = share;
    report({ kind: 'progress', target, label: 'hf download', done: share, total: 100 });
  };
}

function linesOf(text: string): string[] {
  return stripVTControlCharacters(text)
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
