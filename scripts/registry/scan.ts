import { existsSync, readdirSync } from 'node:fs';

/** A declaration as found: where it stands and under which name it is exported. */
export interface Found<T> {
  engine: string;
  name: string;
  declaration: T;
}

interface Named {
  id: string;
}

export interface Declared {
  actions: Found<ActionDeclaration>[];
  operations: Found<Named>[];
  facts: Found<Named>[];
}

export interface ActionDeclaration extends Named {
  kind: 'query' | 'command' | 'stream';
  summary: string;
  input: unknown;
  event?: unknown;
  needsWorkspace?: boolean;
  network?: boolean;
  shared?: boolean;
  rerun?: string;
  effects?: readonly string[];
  examples?: { title: string; input: unknown }[];
}

/** Imports every engine's declarations, sorted by id; an id that stands twice, or in another engine, is an error. */
export async function scan(engines: URL): Promise<Declared> {
  const found: Declared = { actions: [], operations: [], facts: [] };
  for (const engine of readdirSync(engines).sort()) {
    for (const kind of ['actions', 'operations', 'facts'] as const) {
      const file = new URL(`${engine}/${kind}.ts`, engines);
      if (!existsSync(file)) continue;
      const exports = (await import(file.href)) as Record<string, unknown>;
      const entries = Object.entries(exports).filter(([, value]) => isDeclaration(value));
      const list = found[kind] as Found<Named>[];
      list.push(...entries.map(([name, value]) => ({ engine, name, declaration: value as Named })));
    }
  }
  for (const list of Object.values(found)) sortUnique(list);
  for (const { engine, declaration } of [...found.operations, ...found.facts]) {
    if (!declaration.id.startsWith(`${engine}.`))
      throw new Error(`${declaration.id} stands in engines/${engine}`);
  }
  return found;
}

function isDeclaration(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string';
}

function sortUnique(list: Found<Named>[]): void {
  list.sort((a, b) => (a.declaration.id < b.declaration.id ? -1 : 1));
  const twice = list.find((one, index) => one.declaration.id === list[index + 1]?.declaration.id);
  if (twice) throw new Error(`${twice.declaration.id} is declared twice`);
}
