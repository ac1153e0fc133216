/** What a file of weights says of itself. */
export interface Header {
  format: 'gguf' | 'safetensors';
  /** Of the format; safetensors has none. */
  version: number | null;
  /** `llama`, `qwen2`; safetensors leave that to the configuration beside them. */
  architecture: string | null;
  name: string | null;
  /** Numbers in all tensors of this file. */
  parameters: number;
  /** Tokens. */
  contextLength: number | null;
  /** `Q4_K_M`, `F16`: as it calls itself, else what most of its numbers are in. */
  quantisation: string | null;
  tensors: number;
  /** Bytes that a file with these tensors has at least; null where a kind of tensor is not known. */
  least: number | null;
}

/** A header, or why there is none. */
export type Reading = { header: Header } | { flaw: string };

/** Why a file can't be read; only thrown from a reader to whoever called it. */
export class Flaw extends Error {}

export interface Tensor {
  /** `Q4_K`; null where this kind is not known. */
  kind: string | null;
  elements: number;
}

/** The kind that most numbers are in. */
export function mainKind(tensors: readonly Tensor[]): string | null {
  const sums = new Map<string, number>();
  for (const { kind, elements } of tensors)
    if (kind !== null) sums.set(kind, (sums.get(kind) ?? 0) + elements);
  return [...sums].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? null;
}

/** A product that is a number of bytes or elements; a hostile header may multiply to anything. */
export function product(factors: readonly number[]): number {
  const result = factors.reduce((all, one) => all * one, 1);
  if (Number.isSafeInteger(result)) return result;
  throw new Flaw('a tensor is larger than any file');
}
