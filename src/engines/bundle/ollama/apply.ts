import type { Context } from '#engines/core/context.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import { modelsAt, pulling, tagged } from './server.ts';

type Pull = Application<{ address: string; model: string }>;

/** Milliseconds between what is told of one. */
const TELL_EVERY = 100;

export async function checkPull({ args }: Pull, context: Context): Promise<Applied | undefined> {
  const { address, model } = args;
  return (await modelsAt(address, context)).has(tagged(model)) ? { summary: 'is there' } : undefined;
}

/** What has come stays with the server where this is broken off, and a later pull goes on from there. */
export async function applyPull({ args, target }: Pull, context: Context): Promise<Applied> {
  const layers = new Map<string, { done: number; total: number }>();
  let toldAt = Number.NEGATIVE_INFINITY;
  for await (const { digest, completed, total, status } of pulling(args.address, args.model, context)) {
    if (!digest || !total) continue;
    layers.set(digest, { done: completed ?? 0, total });
    const now = context.now();
    if (now - toldAt < TELL_EVERY) continue;
    toldAt = now;
    context.report({ kind: 'progress', target: target.name, label: status, ...sumOf(layers), unit: 'bytes' });
  }
  return { summary: 'whole' };
}

function sumOf(layers: ReadonlyMap<string, { done: number; total: number }>) {
  const all = [...layers.values()];
  const sum = (of: 'done' | 'total') => all.reduce((total, layer) => total + layer[of], 0);
  return { done: sum('done'), total: sum('total') };
}
