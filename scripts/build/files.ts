import { join } from 'node:path';
import type { Bundle } from './bundle.ts';
import { dist, entryPath, lasting } from './entries.ts';
import { fingerprint } from './fingerprint.ts';
import type { Part } from './parts.ts';

/** A file by the name that parts have for it. */
export interface File extends Bundle {
  name: string;
}

/**
 * Each file is one function that returns its parts; nothing of it is evaluated before it is asked for. It is named by
 * what is in it, so that a program that runs never loads a part of another build.
 */
export function filesOf(parts: readonly Part[]): File[] {
  const groups = Object.entries(Object.groupBy(parts, ({ file }) => file));
  return groups.map(([name, group = []]) => {
    const functions = group
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
      .map((part) => `${JSON.stringify(part.name)}(__link,__give){${part.body}}`);
    const text = signed(`"use strict";((require)=>({${functions.join(',\n')}}))\n`);
    return { name, path: join(dist, `${name}-${fingerprintIn(text)}.cjs`), text };
  });
}

interface Entry {
  files: readonly File[];
  parts: readonly Part[];
  /** A script that defines `__linker`. */
  linker: string;
  /** The function's body that begins. */
  main: string;
}

/** The only file whose name stays. It names all others, and so its fingerprint is that of the whole build. */
export function entryFile({ files, parts, linker, main }: Entry): Bundle {
  const unknown = lasting.find((name) => !parts.some((part) => part.name === name));
  if (unknown) throw new Error(`${unknown} is no part of the program`);
  const names = Object.fromEntries(files.map(({ name, path }) => [name, path.slice(dist.length + 1)]));
  const program = `{directory:__dirname,require,files:${JSON.stringify(names)},lasting:${JSON.stringify(lasting)}}`;
  const text = `"use strict";${linker}const __link=__linker.linkProgram(${program}),__give=()=>{};${main}\n`;
  return { path: entryPath, text: signed(text) };
}

/** The first line tells what is in the others. Text of one byte a letter is read without being decoded. */
function signed(text: string): string {
  if (/[^\x00-\x7f]/.test(text)) throw new Error('esbuild has written more than ASCII');
  return `//${fingerprint(text)}\n${text}`;
}

function fingerprintIn(text: string): string {
  return text.slice('//'.length, text.indexOf('\n'));
}
