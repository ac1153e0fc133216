import type { Backend } from './template.ts';

/** What a worker is given, by the name that stands for it in a template; the callback is known only when it is started. */
export interface Given {
  id: string;
  gpu: string;
  port: string;
  bind: string;
  model?: string;
}

export type Placeholder = keyof Given | 'callback';

export function uses({ env }: Pick<Backend, 'env'>, argv: readonly string[], name: Placeholder): boolean {
  return [...argv, ...Object.values(env)].some((word) => word.includes(`{${name}}`));
}

/** Each word stays one word, whatever is in it; other braces stay as they are. */
export function fill(word: string, given: Given): string {
  return word.replaceAll(/\{(id|gpu|port|bind|model)\}/g, (all, name: keyof Given) => given[name] ?? all);
}
