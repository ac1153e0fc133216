import { readFile, writeFile } from 'node:fs/promises';
import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import { fingerprint } from '../fingerprint.ts';
import { git } from '../run.ts';
import { counted } from '../words.ts';
import { repairArgs } from './argv.ts';
import { gitWorktreeLinks } from './facts.ts';
import { mainOf } from './place.ts';

type Repairing = Application<{ paths: string[]; links: { file: string; text: string }[] }>;
type Linking = Application<{ links: { file: string; from: string; to: string }[] }>;

/** Repairing again changes nothing that is in order. */
export async function checkRepair(): Promise<undefined> {
  return undefined;
}

export async function applyRepair({ args, target }: Repairing, context: Context): Promise<Applied> {
  await git(context, { cwd: mainOf(target), mode: 'write', target: target.name, args: repairArgs(args) });
  const links = await Promise.all(
    args.links.map(async ({ file, text }) => ({ file, from: await readLink(file), to: text })),
  );
  return linked(
    `connected ${counted(args.paths.length, 'worktree')}`,
    links.filter(({ from, to }) => from !== to),
    'from',
  );
}

export async function checkLink({ args }: Linking): Promise<Applied | undefined> {
  const now = await Promise.all(args.links.map(({ file }) => readLink(file)));
  return args.links.every(({ to }, index) => to === now[index])
    ? linked('written', args.links, 'to')
    : undefined;
}

export async function applyLink({ args }: Linking): Promise<Applied> {
  for (const { file, to } of args.links) await writeFile(file, to);
  return linked('written', args.links, 'to');
}

export async function readLinksFact({ files }: { files: string[] }): Promise<string> {
  return printOf(await Promise.all(files.map(readLink)));
}

function linked(summary: string, links: Linking['args']['links'], now: 'from' | 'to'): Applied {
  const files = links.map(({ file }) => file);
  return {
    summary,
    result: { links },
    leaves: [expect(gitWorktreeLinks, { files }, printOf(links.map((link) => link[now])))],
  };
}

function printOf(texts: readonly string[]): string {
  return fingerprint().update(JSON.stringify(texts)).digest('hex');
}

/** Empty where it is missing. */
function readLink(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => '');
}
