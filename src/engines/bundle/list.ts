import type { Context } from '#engines/core/context.ts';
import { type Bundle, nameOf } from './definition/bundle.ts';
import { readBundles, requireBundle } from './definition/read.ts';
import type { BundleRow, DefinedItem, DefinedWorker } from './rows.ts';

export async function readList(_: object, context: Context): Promise<{ bundles: BundleRow[] }> {
  return { bundles: (await readBundles(context)).map(rowOf) };
}

interface Shown {
  bundle: BundleRow;
  items: DefinedItem[];
  workers: DefinedWorker[];
}

export async function readShow({ id }: { id: string }, context: Context): Promise<Shown> {
  const bundle = await requireBundle(id, context);
  return {
    bundle: rowOf(bundle),
    items: bundle.items.map((item) => ({ item: nameOf(item), kind: item.kind, doubt: item.doubt ?? null })),
    workers: bundle.start.map(({ model = null, port = null, ...start }) => ({
      ...{ ...start, model, port },
      command: commandOf(bundle, start.backend),
    })),
  };
}

function commandOf({ items }: Bundle, name: string): string[] {
  const own = items.find((item) => item.kind === 'command' && item.backend.name === name);
  return own?.kind === 'command' ? (own.backend.commands[0] ?? []) : [];
}

function rowOf({ id, name, description, items, start, source }: Bundle): BundleRow {
  return {
    ...{ id, name: name ?? id, items: items.length, workers: start.length, source },
    description: description ?? null,
  };
}
