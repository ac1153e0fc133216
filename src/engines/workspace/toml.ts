import { parse, TomlError } from 'smol-toml';
import type * as z from 'zod/mini';
import { inWords } from '#engines/core/issues.ts';
import { locate, type Place } from './locate.ts';

/** What is wrong with a TOML text, and where. */
export interface Flaw extends Place {
  /** `repos[2].name`; absent where it is no TOML. */
  key?: string;
  reason: string;
}

/** What is wrong with a value, by its way through the data. */
export interface Problem {
  path: PropertyKey[];
  reason: string;
}

/** The data of a TOML text, dates and large numbers included. */
export function parseToml(text: string): Record<string, unknown> {
  return parse(text, { integersAsBigInt: 'asNeeded' });
}

/** The data of a TOML text as its schema has it, or the first thing that is wrong; `twin` finds what no schema can. */
export function readToml<S extends z.ZodMiniType>(
  text: string,
  schema: S,
  twin: (data: z.output<S>) => Problem | undefined = () => undefined,
): { data: z.output<S> } | { flaw: Flaw } {
  const parsed = dataOf(text);
  if ('flaw' in parsed) return parsed;
  const result = schema.safeParse(parsed.data, { error: inWords });
  const problem = result.success ? twin(result.data) : firstIssue(result.error);
  if (problem) return { flaw: flawAt(text, problem) };
  return { data: result.data as z.output<S> };
}

/** The data of a TOML text, or why it is none. */
export function dataOf(text: string): { data: Record<string, unknown> } | { flaw: Flaw } {
  try {
    return { data: parseToml(text) };
  } catch (thrown) {
    if (!(thrown instanceof TomlError)) throw thrown;
    const reason =
      thrown.message.split('\n', 1)[0]?.replace('Invalid TOML document: ', '') ?? 'it is no TOML';
    return { flaw: { line: thrown.line, column: thrown.column, reason } };
  }
}

/** A problem with its place in the text. */
export function flawAt(text: string, { path, reason }: Problem): Flaw {
  return { ...locate(text, path), key: keyOf(path), reason };
}

/** The first thing that a schema found. */
export function firstIssue({ issues }: z.core.$ZodError): Problem {
  const [issue] = issues;
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  return { path: [...(issue?.path ?? []), ...unknown], reason: issue?.message ?? 'it makes no sense' };
}

/** `file:line:column: key: reason.` */
export function flawText(file: string, { line, column, key, reason }: Flaw): string {
  return `${file}:${line}:${column}: ${key ? `${key}: ` : ''}${reason}.`;
}

/** `repos[2].name` */
export function keyOf(path: PropertyKey[]): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .slice(1);
}
