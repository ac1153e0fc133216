import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import type { Entry } from './catalog/entry.ts';
import { readCatalog, unknownModel } from './catalog/read.ts';
import { shardsOf, sizeOfFile } from './files.ts';
import { modelDirectory } from './place.ts';

/** A model that a catalog lists, or that is on this machine, or both. */
export interface Model {
  /** Of its entry; else its path below the model directory. */
  id: string;
  entry: Entry | null;
  /** Absolute; null where nothing says where models are. */
  directory: string | null;
  /** What lies beside its weights is its own, where no other model has weights there. */
  isAtHome: boolean;
  /** Its weights, there or not: absolute paths of its file, or of all its shards. */
  weights: string[];
}

/** Directories below the model directory that are looked into: `OWNER/NAME` is as deep as tools put them. */
const DEEPEST = 3;

/** What a conversion starts from is no model of its own. */
export const INPUTS = 'pytorch';

const WEIGHTS = /\.(gguf|safetensors)$/;
const LATER_SHARD = /-(?!00001)\d{5}-of-\d{5}\.[a-z]+$/;

/** Every model: those of the catalogs in their order, then what else lies in the model directory. */
export function modelsOf(context: Context): Model[] {
  const root = modelDirectory(context);
  const listed = readCatalog(context).map((entry) => listedModel(entry, root));
  return root === undefined ? listed : [...listed, ...unlisted(root, listed)];
}

/** Those of that ids; all of them for none. Throws `model-unknown`. */
export function modelsNamed(ids: readonly string[], context: Context): Model[] {
  const all = modelsOf(context);
  return ids.length === 0 ? all : [...new Set(ids)].map((id) => named(id, all));
}

export function requireModel(id: string, context: Context): Model {
  return named(id, modelsOf(context));
}

/** Whether any of its weights are there. */
export function isHere({ weights }: Model): boolean {
  return weights.some((file) => sizeOfFile(file) !== undefined);
}

function named(id: string, all: readonly Model[]): Model {
  const found = all.find((model) => model.id === id);
  if (found) return found;
  throw unknownModel(id, all);
}

function listedModel(entry: Entry, root: string | undefined): Model {
  const { id, dir, file } = entry;
  if (root === undefined && !isAbsolute(dir))
    return { id, entry, directory: null, isAtHome: false, weights: [] };
  const directory = resolve(root ?? '/', dir);
  return {
    id,
    entry,
    directory,
    isAtHome: !isAbsolute(dir) && directory !== root,
    weights: shardsOf(join(directory, file)),
  };
}

/** One per directory where that is clear, else one per file. */
function unlisted(root: string, listed: readonly Model[]): Model[] {
  const claimed = new Set(listed.flatMap(({ weights }) => weights));
  const homes = new Set(listed.map(({ directory }) => directory));
  return weightsBelow(root, DEEPEST).flatMap(([directory, files]): Model[] => {
    if (basename(directory) === INPUTS && homes.has(dirname(directory))) return [];
    const own = files.filter((file) => !claimed.has(file));
    const isOne = directory !== root && !homes.has(directory) && isOneModel(directory, own);
    if (isOne)
      return [{ id: relative(root, directory), entry: null, directory, isAtHome: true, weights: own }];
    return own
      .filter((file) => !LATER_SHARD.test(file))
      .map((file) => ({
        id: relative(root, file),
        entry: null,
        directory,
        isAtHome: false,
        weights: shardsOf(file),
      }));
  });
}

/** Weights with their configuration beside them, however many files they are in, or what comes down to one file. */
function isOneModel(directory: string, files: readonly string[]): boolean {
  if (files.length === 0) return false;
  const firsts = files.filter((file) => !LATER_SHARD.test(file));
  if (firsts.length === 1) return true;
  return files.every((file) => file.endsWith('.safetensors')) && existsSync(join(directory, 'config.json'));
}

function weightsBelow(directory: string, depth: number): [directory: string, files: string[]][] {
  const entries = entriesOf(directory);
  const files = entries.filter((one) => !one.isDirectory() && WEIGHTS.test(one.name));
  const inner = entries.filter((one) => one.isDirectory() && !one.name.startsWith('.') && depth > 0);
  return [
    [
      directory,
      files.map(({ name }) => join(directory, name)).filter((file) => sizeOfFile(file) !== undefined),
    ],
    ...inner.flatMap(({ name }) => weightsBelow(join(directory, name), depth - 1)),
  ];
}

function entriesOf(directory: string) {
  try {
    return readdirSync(directory, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}
