import { type Dirent, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { sizeOfFile } from './files.ts';
import { INPUTS, isHere, type Model } from './local.ts';
import { bookkeepingOf } from './state.ts';

/** What programs read beside weights. */
const COMPANIONS =
  /^(config|generation_config|tokenizer(_config)?|special_tokens_map|added_tokens|vocab|merges|chat_template|preprocessor_config|model\.safetensors\.index)\.(json|txt|model|jinja)$/;

export interface Belongings {
  /** Absolute paths of files that are there. */
  files: string[];
  /** Bytes. */
  size: number;
}

/**
 * The files of a model that are there: its weights with what downloads keep of them, and where no other model has
 * weights in its directory, also what stands beside them. Never those of another.
 */
export function belongingsOf(model: Model, all: readonly Model[]): Belongings {
  const { entry, directory, isAtHome, weights } = model;
  if (directory === null) return { files: [], size: 0 };
  const own = weights.flatMap((file) => [file, `${file}.partial`, ...bookkeepingOf(file, directory)]);
  const isAlone =
    isAtHome &&
    all.every((other) => other.id === model.id || other.directory !== directory || !isHere(other));
  const beside = isAlone
    ? [...companionsIn(directory), ...filesBelow(join(directory, '.cache', 'huggingface'))]
    : [];
  const inputs = entry?.requiresConversion ? filesBelow(join(directory, INPUTS)) : [];
  const files = [...new Set([...own, ...beside, ...inputs])].filter((file) => sizeOfFile(file) !== undefined);
  return { files, size: sumOf(files) };
}

export function rowsOfFiles(files: readonly string[], directory: string) {
  return files.map((file) => ({ file: relative(directory, file), size: sizeOfFile(file) ?? 0 }));
}

export function sumOf(files: readonly string[]): number {
  return files.reduce((sum, file) => sum + (sizeOfFile(file) ?? 0), 0);
}

/** Absolute paths, those in directories below included; links are not followed. */
export function filesBelow(directory: string): string[] {
  return entriesOf(directory).flatMap((entry) => {
    const path = join(directory, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

function companionsIn(directory: string): string[] {
  return entriesOf(directory)
    .filter((entry) => !entry.isDirectory() && COMPANIONS.test(entry.name))
    .map(({ name }) => join(directory, name));
}

function entriesOf(directory: string): Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch {
    return [];
  }
}
