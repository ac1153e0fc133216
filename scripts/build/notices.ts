import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { root } from './entries.ts';

const packageOf = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/;
const licenceFile = /^licen[cs]e(\.(md|txt))?$/i;

// The licences of what is bundled ask to be passed on with it.
export function notices(inputs: Metafile['inputs']): string {
  const directories = new Set(Object.keys(inputs).flatMap((path) => packageOf.exec(path)?.[0] ?? []));
  return [...directories].toSorted().map(noticeOf).join('\n');
}

function noticeOf(directory: string): string {
  const path = join(root, directory);
  const { name, version, license } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
  const file = readdirSync(path).find((entry) => licenceFile.test(entry));
  const text = file === undefined ? '' : `\n${readFileSync(join(path, file), 'utf8').trim()}\n`;
  return `${name} ${version}, ${license}\n${text}`;
}
