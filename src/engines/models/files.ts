import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const WEIGHTS = /\.(gguf|safetensors)$/;

/** Names of the files of a directory that hold weights. */
export function weightsIn(dir: string): string[] {
  return namesIn(dir).filter((name) => WEIGHTS.test(name) && sizeOfFile(join(dir, name)) !== undefined);
}

/** Bytes of a model: its file with all its shards, or all weights in its directory. */
export function sizeOfModel(path: string): number {
  if (sizeOfFile(path) === undefined) return sumOf(weightsIn(path).map((name) => join(path, name)));
  return sumOf(shardsOf(path));
}

/** `model-00001-of-00003.gguf` stands for all three of them; every other path for itself. */
export function shardsOf(path: string): string[] {
  const [, start, number, total, end] = /^(.*-)(\d{5})-of-(\d{5})(\.[a-z]+)$/s.exec(path) ?? [];
  if (number === undefined || Number(number) !== 1) return [path];
  const count = Math.max(1, Number(total));
  return Array.from(
    { length: count },
    (_, at) => `${start}${String(at + 1).padStart(5, '0')}-of-${total}${end}`,
  );
}

/** Undefined where there is no such file. */
export function sizeOfFile(path: string): number | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  return found?.isFile() ? found.size : undefined;
}

export function namesIn(dir: string): string[] {
  try {
    return readdirSync(dir).toSorted();
  } catch {
    return [];
  }
}

function sumOf(files: readonly string[]): number {
  return files.reduce((sum, file) => sum + (sizeOfFile(file) ?? 0), 0);
}
