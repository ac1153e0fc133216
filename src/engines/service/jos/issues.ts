import type * as z from 'zod/mini';
import type { Findings } from './findings.ts';

/** The data in the shape of a schema; undefined where it has another one, and each reason is a problem at its place. */
export function shaped<S extends z.ZodMiniType>(
  schema: S,
  data: unknown,
  findings: Findings,
): z.output<S> | undefined {
  const result = schema.safeParse(data);
  if (result.success) return result.data;
  for (const issue of result.error.issues) tell(issue, findings);
  return undefined;
}

function tell(issue: z.core.$ZodIssue, { problem, has }: Findings): void {
  const { path } = issue;
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys) problem([...path, key], 'is no key of this format');
    return;
  }
  problem(path, has(path) ? `has to be ${wanted(issue)}` : `is missing; ${wanted(issue)} is due there`);
}

const TYPES: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  record: 'an object',
  array: 'a list',
};

/** A schema's own message is what is wanted: `a version such as 1.0.0`. */
function wanted(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return TYPES[issue.expected] ?? issue.expected;
    case 'invalid_value':
      return alternatives(issue.values.map((value) => JSON.stringify(value)));
    case 'invalid_union':
      return alternatives([...new Set(issue.errors.flatMap(([first]) => (first ? [wanted(first)] : [])))]);
    case 'too_small':
      if (issue.origin === 'string' && issue.minimum === 1) return 'a text that is not empty';
      return `${sizeOf(issue.origin)}at least ${issue.minimum}${unitOf(issue.origin)}`;
    case 'too_big':
      return `${sizeOf(issue.origin)}at most ${issue.maximum}${unitOf(issue.origin)}`;
    default:
      return issue.message;
  }
}

function alternatives(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

function sizeOf(origin: string): string {
  return origin === 'string' ? 'a text of ' : origin === 'array' ? 'a list of ' : '';
}

function unitOf(origin: string): string {
  return origin === 'string' ? ' characters' : '';
}
