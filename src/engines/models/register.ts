import { statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import type { Draft } from '#engines/core/plan.ts';
import { quote } from '#engines/core/shell.ts';
import { addTables, dropTable } from '#engines/workspace/edit.ts';
import { parseToml } from '#engines/workspace/toml.ts';
import { sumOf } from './belongings.ts';
import { entriesIn, type Table } from './catalog/format.ts';
import { readCatalog } from './catalog/read.ts';
import { catalogStep } from './catalog/write.ts';
import { modelsError } from './errors.ts';
import { shardsOf, weightsIn } from './files.ts';
import { readHeader } from './header/read.ts';
import { modelDirectory } from './place.ts';
import { parametersInWords } from './words.ts';

interface RegisterInput {
  id: string;
  from: string;
  file?: string;
  name?: string;
  revision?: string;
  size?: number;
  params?: string;
  description?: string;
  sha256?: string;
  force: boolean;
}

/** Puts a model into the user's own catalog: one of this machine, or one of the Hub. */
export async function planRegister(input: RegisterInput, context: Context): Promise<Draft> {
  const { id, force } = input;
  const known = readCatalog(context).find((entry) => entry.id === id);
  if (known && !force) throw exists(id, known.source);
  const table = withWords(isHere(input.from, context) ? localTable(input, context) : hubTable(input), input);
  requireSound(table);
  const change = (text: string) => addTables(without(text, id), 'models', [table]);
  return { steps: [await catalogStep({ purpose: `list ${id}`, change }, context)], workspace: null };
}

/** Takes models out of the user's own catalog; their files stay. */
export async function planUnregister({ ids }: { ids: string[] }, context: Context): Promise<Draft> {
  const own = readCatalog(context).filter(({ source }) => source === 'user');
  for (const id of ids) if (!own.some((entry) => entry.id === id)) throw unregistered(id, own);
  const change = (text: string) => ids.reduce(without, text);
  return {
    steps: [await catalogStep({ purpose: `no longer list ${ids.join(', ')}`, change }, context)],
    workspace: null,
  };
}

/** The text without what it has under that id. */
function without(text: string, id: string): string {
  const { models } = parseToml(text) as { models?: { id?: unknown }[] };
  const index = (models ?? []).findIndex((table) => table.id === id);
  return index === -1 ? text : dropTable(text, 'models', index);
}

function isHere(from: string, { cwd }: Context): boolean {
  return statSync(resolve(cwd, from), { throwIfNoEntry: false }) !== undefined;
}

/** What is below the model directory is told from there, so that the catalog outlives a move. */
function localTable({ id, from, file, name, params, size, sha256 }: RegisterInput, context: Context): Table {
  const path = weightsAt(resolve(context.cwd, from), file);
  const reading = readHeader(path);
  if ('flaw' in reading) {
    throw modelsError('model-broken', `${path}: ${reading.flaw}.`, {
      next: [`ls -l ${quote(path)}`],
      details: { path },
    });
  }
  const { header } = reading;
  const directory = dirname(path);
  const root = modelDirectory(context);
  const below = root === undefined ? '..' : relative(root, directory);
  return {
    id,
    name: name ?? header.name ?? id,
    file: basename(path),
    dir: below === '' || below.startsWith('..') || isAbsolute(below) ? directory : below,
    size_bytes: size ?? sumOf(shardsOf(path)),
    params: params ?? parametersInWords(header.parameters),
    verified: true,
    ...(sha256 !== undefined && { sha256 }),
  };
}

/** The file, or of a directory the one that has weights, the first of its shards. */
function weightsAt(path: string, file: string | undefined): string {
  if (statSync(path).isFile()) return path;
  if (file !== undefined) return join(path, file);
  const found = weightsIn(path).filter((name) => !/-(?!00001)\d{5}-of-\d{5}\.[a-z]+$/.test(name));
  const [only] = found;
  if (only !== undefined && found.length === 1) return join(path, only);
  const what = found.length === 0 ? 'no weights' : `several: ${found.join(', ')}`;
  throw modelsError('model-source', `${path} has ${what}.`, {
    next: [
      `ls -l ${quote(path)}`,
      ...(only === undefined ? [] : [`gantry models register … --file ${quote(only)}`]),
    ],
    details: { path, files: found },
  });
}

function hubTable({ id, from, file, name, size, params, sha256 }: RegisterInput): Table {
  if (!from.includes('/') || file === undefined || size === undefined) {
    const what = from.includes('/')
      ? 'and of a repository its file and size are needed'
      : 'and no repository';
    throw modelsError('model-source', `${from} is no file of this machine, ${what}.`, {
      next: [`gantry models register ${quote(id)} OWNER/NAME --file FILE.gguf --size BYTES`],
      details: { from },
    });
  }
  return {
    ...{ id, name: name ?? id, repo: from, file, size_bytes: size },
    ...(params !== undefined && { params }),
    verified: false,
    doubt: 'registered by hand, and nobody has seen it in that repository',
    ...(sha256 !== undefined && { sha256 }),
  };
}

function withWords(table: Table, { description, revision }: RegisterInput): Table {
  return {
    ...table,
    ...(description !== undefined && { description }),
    ...(revision !== undefined && { revision }),
  };
}

/** What stands in the catalog is what a catalog may say: checked before it is written. */
function requireSound(table: Table): void {
  const read = entriesIn(addTables('', 'models', [table]), 'user');
  if ('entries' in read) return;
  const { key = '', reason } = read.flaw;
  throw modelsError('model-source', `${key.replace(/^models\[0\]\.?/, '')}: ${reason}.`, {
    next: ['gantry models register --help'],
  });
}

function exists(id: string, source: string) {
  const whose =
    source === 'shipped'
      ? 'the shipped catalog'
      : source === 'user'
        ? 'your catalog'
        : 'the catalog of the workspace';
  return modelsError('model-exists', `${id} stands in ${whose} already.`, {
    next: [`gantry models info ${quote(id)}`, `gantry models register ${quote(id)} … --force`],
    details: { id, source },
  });
}

function unregistered(id: string, own: readonly { id: string }[]) {
  const ids = own.map((entry) => entry.id);
  const there = ids.length === 0 ? 'which has none' : `which has ${ids.join(', ')}`;
  return modelsError('model-unregistered', `${id} is not in your catalog, ${there}.`, {
    next: ['gantry models catalog'],
    details: { id, ids },
  });
}
