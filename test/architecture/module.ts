import { posix } from 'node:path';
import { type ESTree, parseSync, Visitor, type VisitorObject } from 'rolldown/utils';
import type { Source } from './source.ts';

/** One import, re-export, dynamic import or type from another file; `target` is a path in src or a package's specifier. */
export type Import = { target: string; line: number; isType: boolean; isStatic: boolean };

export type Module = {
  path: string;
  text: string;
  imports: Import[];
  visit(visitor: VisitorObject): void;
  lineOf(node: { start: number }): number;
};

export function parseModule({ path, text }: Source): Module {
  const { program, module, errors } = parseSync(path, text);
  if (errors[0]) throw new Error(`${path}: ${errors[0].message}`);

  const lineOf = ({ start }: { start: number }) => text.slice(0, start).split('\n').length;
  const visit = (visitor: VisitorObject) => new Visitor(visitor).visit(program);
  const imports: Import[] = [];
  const add = (specifier: string, node: { start: number }, how: Pick<Import, 'isType' | 'isStatic'>) =>
    imports.push({ target: resolve(path, specifier), line: lineOf(node), ...how });

  for (const { moduleRequest, entries, start } of module.staticImports) {
    const isType = entries.length > 0 && entries.every((entry) => entry.isType);
    add(
      moduleRequest.value,
      { start },
      { isType: isType || /^import\s+type\b/.test(text.slice(start)), isStatic: true },
    );
  }
  for (const { entries, start } of module.staticExports) {
    const from = entries.filter(({ moduleRequest }) => moduleRequest);
    const specifier = from[0]?.moduleRequest?.value;
    if (specifier) add(specifier, { start }, { isType: from.every((entry) => entry.isType), isStatic: true });
  }
  visit({
    ImportExpression: (node) => add(stringOf(node.source) ?? '', node, { isType: false, isStatic: false }),
    TSImportType: (node) => add(stringOf(node.source) ?? '', node, { isType: true, isStatic: false }),
  });
  return { path, text, imports, visit, lineOf };
}

/** The text of a string literal or of a template that holds nothing but text. */
export function stringOf(node: ESTree.Node | null | undefined): string | undefined {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node?.type === 'TemplateLiteral' && node.expressions.length === 0)
    return node.quasis[0]?.value.cooked ?? undefined;
  return undefined;
}

/** A name or a chain of names as it is written: `process.stdout.write`. */
export function nameOf(node: ESTree.Node): string {
  if (node.type === 'Identifier') return node.name;
  if (node.type === 'ChainExpression') return nameOf(node.expression);
  if (node.type !== 'MemberExpression') return '';
  const property =
    node.property.type === 'Identifier' && !node.computed ? node.property.name : stringOf(node.property);
  return `${nameOf(node.object)}.${property ?? ''}`;
}

/** `engines/git` for src/engines/git/run.ts, `app/main.ts` for src/app/main.ts. */
export function folderOf(path: string): string {
  return path.split('/').slice(1, 3).join('/');
}

function resolve(importer: string, specifier: string): string {
  if (specifier === '#package') return 'package.json';
  if (specifier.startsWith('#')) return posix.join('src', specifier.slice(1));
  return specifier.startsWith('.') ? posix.join(posix.dirname(importer), specifier) : specifier;
}
