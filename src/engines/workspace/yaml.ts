import type { Document, ParsedNode } from 'yaml';
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type * as z from 'zod/mini';
import { inWords } from '#engines/core/issues.ts';
import type { Place } from './locate.ts';
import { type Flaw, firstIssue, keyOf, type Problem } from './toml.ts';

/** The data of a YAML text as its schema has it, or the first thing that is wrong: as `readToml` does. */
export function readYaml<S extends z.ZodMiniType>(
  text: string,
  schema: S,
  twin: (data: z.output<S>) => Problem | undefined = () => undefined,
): { data: z.output<S> } | { flaw: Flaw } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true });
  // A tag that nobody knows is a warning to the parser.
  const [error] = [...document.errors, ...document.warnings];
  if (error) return { flaw: { ...placeAt(lines, error.pos[0]), reason: lowered(error.message) } };
  const result = schema.safeParse(dataOf(document), { error: inWords });
  const problem = result.success ? twin(result.data) : firstIssue(result.error);
  if (!problem) return { data: result.data as z.output<S> };
  const { path, reason } = problem;
  return { flaw: { ...placeAt(lines, offsetOf(document, path)), key: keyOf(path), reason } };
}

/** An empty text has no keys. Too many aliases make it nothing at all. */
function dataOf(document: Document.Parsed): unknown {
  try {
    return document.toJS() ?? {};
  } catch {
    return undefined;
  }
}

/** Where a key or an element stands; where it is missing, the nearest one around it. */
function offsetOf(document: Document.Parsed, path: readonly PropertyKey[]): number {
  let offset = 0;
  let node: ParsedNode | null | undefined = document.contents;
  for (const part of path) {
    if (isAlias(node)) node = node.resolve(document) as ParsedNode | undefined;
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && key.value === part);
      if (!pair) return offset;
      offset = (pair.key as ParsedNode).range[0];
      node = pair.value as ParsedNode | null;
    } else if (isSeq(node)) {
      node = node.items[Number(part)] as ParsedNode | undefined;
      if (!node) return offset;
      offset = node.range[0];
    } else return offset;
  }
  return offset;
}

function placeAt(lines: LineCounter, offset: number): Place {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

function lowered(message: string): string {
  const [first = ''] = message.split('\n', 1);
  return `${first.charAt(0).toLowerCase()}${first.slice(1)}`;
}
