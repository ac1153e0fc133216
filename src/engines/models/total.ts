import type { Context } from '#engines/core/context.ts';
import type { Header } from './header/header.ts';
import { headerOf } from './headers.ts';
import type { Model } from './local.ts';

/** The headers of those of its files that are there and have one. */
export function headersOf({ weights }: Model, context: Pick<Context, 'use'>): Header[] {
  return weights.flatMap((file) => {
    const reading = headerOf(file, context);
    return reading && 'header' in reading ? [reading.header] : [];
  });
}

/** All shards as one: the first tells what it is, and all together how large. */
export function totalOf(headers: readonly Header[]): Header | null {
  const [first] = headers;
  if (!first) return null;
  const sum = (key: 'parameters' | 'tensors') => headers.reduce((all, header) => all + header[key], 0);
  return { ...first, parameters: sum('parameters'), tensors: sum('tensors') };
}
