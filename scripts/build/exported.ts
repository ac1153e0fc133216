import { type ESTree, parseSync, Visitor } from 'rolldown/utils';

/**
 * The module with a call in place of its export statements, which gives what it exports. A value that is assigned to
 * later, or that comes from another module, is given as a getter.
 */
export function withExportsGiven(module: string): string {
  const { program } = parseSync('module.js', module);
  const changing = namesThatChange(program);
  const given: string[] = [];
  let rest = module;
  for (const statement of program.body.toReversed()) {
    if (statement.type === 'ExportDefaultDeclaration') {
      given.push('default:__default');
      rest = `${rest.slice(0, statement.start)}var __default=${rest.slice(statement.declaration.start)}`;
    } else if (statement.type === 'ExportNamedDeclaration' && !statement.source && !statement.declaration) {
      given.push(...statement.specifiers.map((specifier) => property(specifier, changing)));
      rest = rest.slice(0, statement.start) + rest.slice(statement.end);
    } else if (statement.type.startsWith('Export')) {
      throw new Error(`esbuild has written another export: ${module.slice(statement.start, statement.end)}`);
    }
  }
  return `${rest};__give({${given.join(',')}});`;
}

function property({ local, exported }: ESTree.ExportSpecifier, changing: ReadonlySet<string>): string {
  const [value, name] = [nameOf(local), JSON.stringify(nameOf(exported))];
  return changing.has(value) ? `get ${name}(){return ${value}}` : `${name}:${value}`;
}

function nameOf(name: ESTree.ModuleExportName): string {
  return name.type === 'Literal' ? name.value : name.name;
}

/** Names that are imported, and those that something is assigned to, wherever they stand for something else. */
function namesThatChange(program: ESTree.Program): Set<string> {
  const names = new Set<string>();
  const assigned = (left: ESTree.Node) => {
    for (const name of namesIn(left)) names.add(name);
  };
  new Visitor({
    ImportDeclaration: ({ specifiers }) => {
      for (const { local } of specifiers) names.add(local.name);
    },
    AssignmentExpression: ({ left }) => assigned(left),
    UpdateExpression: ({ argument }) => assigned(argument),
    ForInStatement: ({ left }) => assigned(left),
    ForOfStatement: ({ left }) => assigned(left),
  }).visit(program);
  return names;
}

/** The names that an assignment to a pattern assigns to. */
function namesIn(pattern: ESTree.Node | null): string[] {
  switch (pattern?.type) {
    case 'Identifier':
      return [pattern.name];
    case 'ArrayPattern':
      return pattern.elements.flatMap(namesIn);
    case 'ObjectPattern':
      return pattern.properties.flatMap((one) => namesIn(one.type === 'RestElement' ? one : one.value));
    case 'AssignmentPattern':
      return namesIn(pattern.left);
    case 'RestElement':
      return namesIn(pattern.argument);
    default:
      return [];
  }
}
