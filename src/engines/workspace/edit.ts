import { isDeepStrictEqual } from 'node:util';
import { stringify } from 'smol-toml';
import { isRecord } from '#engines/core/json.ts';
import type { Block } from './blocks.ts';
import { cut, type Data, insert, lastLine, rewrite } from './rewrite.ts';

/** A repo as it is written into a manifest, with the file's own names. */
export interface NewRepo {
  name: string;
  url?: string;
  path?: string;
  default_branch?: string;
}

export type Scalar = string | number | boolean;

/** The text of a new manifest. */
export function newManifest(name: string, repos: readonly NewRepo[]): string {
  const head = '# The repos of this workspace; `gantry workspace --help` lists what can be done with them.\n';
  return addRepos(`${head}${stringify({ workspace: { name } })}${HOOKS}`, repos);
}

/** What nobody finds who does not know of it. */
const HOOKS = `
# What makes a new worktree ready for work, in every repo or as \`worktree = { ... }\` of one:
# [worktree]
# copy = [".env"]
# run_cmd = "npm ci"
`;

/** The text with more repos, after those that it has. */
export function addRepos(text: string, repos: readonly NewRepo[]): string {
  return addTables(text, 'repos', repos.map(written));
}

/** The text with more `[[name]]` tables, after those that it has. */
export function addTables(text: string, name: string, tables: readonly Data[]): string {
  if (tables.length === 0) return text;
  return rewrite(text, {
    splice: (lines, blocks) => {
      const last = blocks.findLast((block) => block.key[0] === name)?.last ?? lastLine(lines);
      const added = tables.flatMap((table) => ['', `[[${name}]]`, ...stringify(table).trimEnd().split('\n')]);
      insert(lines, last, added);
    },
    change: (data) => {
      data[name] = [...((data[name] ?? []) as Data[]), ...tables];
    },
  });
}

/** The text without the repo at that place of the list. */
export function dropRepo(text: string, index: number): string {
  return dropTable(text, 'repos', index);
}

/** The text without the `[[name]]` table at that place of the list. */
export function dropTable(text: string, name: string, index: number): string {
  return rewrite(text, {
    splice: (lines, blocks) => {
      for (const block of blocksOfTable(blocks, name, index).toReversed()) cut(lines, block);
    },
    change: (data) => {
      const rest = (data[name] as Data[]).toSpliced(index, 1);
      if (rest.length > 0) data[name] = rest;
      else delete data[name];
    },
  });
}

/** The text with one key set; tables on the way are made where they are missing. */
export function setKey(text: string, path: readonly string[], value: Scalar): string {
  return rewrite(text, {
    splice: (lines, blocks) => {
      if (entryOf(blocks, path)) return;
      const table = tableOf(blocks, path);
      if (table) insert(lines, table.last, [row(path.slice(table.key.length), value)]);
      else insert(lines, lastLine(lines), ['', `[${path[0]}]`, row(path.slice(1), value)]);
    },
    change: (data) => {
      parentOf(data, path)[nameOf(path)] = value;
    },
  });
}

/** The text without one key, which must be there. */
export function unsetKey(text: string, path: readonly string[]): string {
  return rewrite(text, {
    splice: (lines, blocks) => {
      const entry = entryOf(blocks, path);
      if (entry) lines.splice(entry.first, entry.last - entry.first + 1);
    },
    change: (data) => {
      delete parentOf(data, path)[nameOf(path)];
    },
  });
}

/** What the file says of a repo: what goes without saying is left out. */
export function written({ name, url, path, default_branch }: NewRepo): {
  name: string;
  [key: string]: string;
} {
  return {
    name,
    ...(url !== undefined && { url }),
    ...(path !== undefined && path !== name && { path }),
    ...(default_branch !== undefined && default_branch !== 'main' && { default_branch }),
  };
}

/** Its `[[name]]` table and the tables below that, wherever they stand. */
function blocksOfTable(blocks: Block[], name: string, index: number): Block[] {
  let current = -1;
  return blocks.filter(({ key, array }) => {
    if (key[0] !== name) return false;
    if (array && key.length === 1) current++;
    return current === index;
  });
}

function entryOf(blocks: Block[], path: readonly string[]) {
  return blocks.flatMap((block) => block.entries).find(({ key }) => isDeepStrictEqual(key, path));
}

/** The innermost table that is written out and that the path leads through. */
function tableOf(blocks: Block[], path: readonly string[]): Block | undefined {
  return blocks
    .filter(
      ({ key, array }) =>
        !array && key.length < path.length && key.every((part, index) => part === path[index]),
    )
    .toSorted((a, b) => b.key.length - a.key.length)[0];
}

/** The data's table that has the path's last key, made where it is missing. */
function parentOf(data: Data, path: readonly string[]): Data {
  let table = data;
  for (const part of path.slice(0, -1)) {
    const inner: Data = isRecord(table[part]) ? table[part] : {};
    table[part] = inner;
    table = inner;
  }
  return table;
}

function nameOf(path: readonly string[]): string {
  return path.at(-1) ?? '';
}

/** `undo.keepDays = 30` */
function row(path: readonly string[], value: Scalar): string {
  return `${path.join('.')} = ${stringify({ value }).slice('value = '.length).trimEnd()}`;
}
