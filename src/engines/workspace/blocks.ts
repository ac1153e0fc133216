import { parseDocument } from '@decimalturn/toml-patch';

/** A key with its value; lines count from 0. */
export interface Entry {
  /** Full path, the table's own included. */
  key: string[];
  first: number;
  last: number;
}

/** A table with everything that belongs to it; lines count from 0, both ends included. */
export interface Block {
  key: string[];
  /** `[[name]]` */
  array: boolean;
  /** Where the comments right above the header begin. */
  first: number;
  /** Its last key or the comments right below that. */
  last: number;
  entries: Entry[];
}

/** The tables of a TOML text in its order. */
export function blocksOf(text: string): Block[] {
  const lines = text.split('\n');
  const blocks: Block[] = [];
  let floor = -1;
  for (const node of parseDocument(text).cst) {
    if (node.type === 'KeyValue') floor = node.loc.end.line - 1;
    if (node.type !== 'Table' && node.type !== 'TableArray') continue;
    const key = node.key.item.value;
    const header = node.loc.start.line - 1;
    const entries = node.items.flatMap((item) =>
      item.type === 'KeyValue'
        ? { key: [...key, ...item.key.value], first: item.loc.start.line - 1, last: item.loc.end.line - 1 }
        : [],
    );
    const first = aboveComments(lines, header, floor);
    floor = entries.at(-1)?.last ?? header;
    blocks.push({ key, array: node.type === 'TableArray', first, last: floor, entries });
  }
  for (const [index, block] of blocks.entries()) {
    block.last = belowComments(lines, block.last, blocks[index + 1]?.first ?? lines.length);
  }
  return blocks;
}

function aboveComments(lines: string[], from: number, after: number): number {
  let first = from;
  while (first - 1 > after && isComment(lines[first - 1])) first--;
  return first;
}

function belowComments(lines: string[], from: number, before: number): number {
  let last = from;
  while (last + 1 < before && isComment(lines[last + 1])) last++;
  return last;
}

function isComment(line: string | undefined): boolean {
  return line?.trimStart().startsWith('#') ?? false;
}
