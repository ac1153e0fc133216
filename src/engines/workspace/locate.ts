import { parseDocument, type TomlDocument } from '@decimalturn/toml-patch';

export interface Place {
  /** From 1. */
  line: number;
  /** From 1. */
  column: number;
}

type Node = TomlDocument['cst'][number];
type Path = readonly PropertyKey[];

/** Where a key stands in a TOML text; where it is missing, the nearest table around it. */
export function locate(text: string, path: Path): Place {
  const { cst } = parseDocument(text);
  const wanted = undotted(path);
  let best: { place: Place; depth: number } = { place: { line: 1, column: 1 }, depth: 0 };
  for (const { key, node } of entries(cst)) {
    const own = undotted(key);
    const depth = sharedStart(own, wanted);
    if (depth === own.length && depth > best.depth) best = { place: placeOf(node), depth };
  }
  return best.place;
}

interface Entry {
  key: Path;
  node: { loc: { start: { line: number; column: number } } };
}

/** Every table and key with its full path; elements of arrays of tables are numbered. */
function* entries(blocks: Iterable<Node>): Generator<Entry> {
  const counts = new Map<string, number>();
  const numbered = (key: readonly string[]): Path =>
    key.flatMap((part, index) => {
      const count = counts.get(key.slice(0, index + 1).join('\0'));
      return count === undefined ? [part] : [part, count - 1];
    });

  for (const block of blocks) {
    if (block.type === 'KeyValue') yield { key: block.key.value, node: block.key };
    if (block.type !== 'Table' && block.type !== 'TableArray') continue;
    const name = block.key.item.value;
    if (block.type === 'TableArray') {
      const id = name.join('\0');
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    const table = numbered(name);
    yield { key: table, node: block };
    for (const row of block.items) {
      if (row.type === 'KeyValue') yield { key: [...table, ...row.key.value], node: row.key };
    }
  }
}

/** `"repo.fetch"` in quotes names the same as `repo.fetch` and `[repo] fetch`. */
function undotted(path: Path): Path {
  return path.flatMap<PropertyKey>((part) => (typeof part === 'string' ? part.split('.') : [part]));
}

function sharedStart(a: Path, b: Path): number {
  const differs = a.findIndex((part, index) => part !== b[index]);
  return differs === -1 ? a.length : differs;
}

function placeOf({ loc }: Entry['node']): Place {
  return { line: loc.start.line, column: loc.start.column + 1 };
}
