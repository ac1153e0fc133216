import { basename, dirname, join } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { namesIn, sizeOfFile } from './files.ts';
import type { Header } from './header/header.ts';
import { headerOf } from './headers.ts';
import { INPUTS, type Model } from './local.ts';
import type { State } from './states.ts';

export interface Condition {
  state: State;
  /** Why it is broken. */
  why: string | null;
  /** Of its first file that is there. */
  header: Header | null;
  /** Bytes of its weights on the disk. */
  size: number;
}

/** What its files tell of a model: whole is what is as long as its own header says. */
export function conditionOf(model: Model, context: Pick<Context, 'use'>): Condition {
  const { weights } = model;
  const sizes = weights.map((file) => sizeOfFile(file));
  const size = sizes.reduce<number>((sum, one) => sum + (one ?? 0), 0);
  const here = weights.filter((_, at) => sizes[at] !== undefined);
  const readings = here.map((file) => ({ file, reading: headerOf(file, context) }));
  const first = readings[0]?.reading;
  const header = first && 'header' in first ? first.header : null;
  const flawed = readings.find(({ reading }) => reading && 'flaw' in reading);
  if (flawed?.reading && 'flaw' in flawed.reading) {
    return { state: 'broken', why: `${basename(flawed.file)}: ${flawed.reading.flaw}`, header, size };
  }
  if (here.length > 0 && here.length === weights.length)
    return { state: 'downloaded', why: null, header, size };
  return { state: here.length > 0 || isBegun(model) ? 'partial' : 'absent', why: null, header, size };
}

/** Parts of a download or of a conversion, ours or of the hub's own tools. */
function isBegun({ entry, directory, weights }: Model): boolean {
  const [file] = weights;
  if (directory === null || file === undefined) return false;
  if (partsOf(file, directory).length > 0) return true;
  return entry?.requiresConversion === true && namesIn(join(directory, INPUTS)).length > 0;
}

/** What was left half done of one file. */
export function partsOf(file: string, directory: string): string[] {
  return [`${file}.partial`, ...bookkeepingOf(file, directory)].filter(
    (path) => /\.(partial|part|incomplete)$/.test(path) && sizeOfFile(path) !== undefined,
  );
}

/** What downloads keep of one file, ours and the hub's own tools alike: `FILE.metadata`, `FILE.lock`, parts. */
export function bookkeepingOf(file: string, directory: string): string[] {
  const base = join(directory, '.cache', 'huggingface', 'download', file.slice(directory.length + 1));
  const known = /^\.(metadata|lock|[^/]+\.(part|journal|gantry|corrupt|incomplete))$/;
  return namesIn(dirname(base))
    .filter((name) => name.startsWith(basename(base)) && known.test(name.slice(basename(base).length)))
    .map((name) => join(dirname(base), name));
}
