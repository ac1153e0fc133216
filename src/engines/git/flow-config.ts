import type { Context } from '#engines/core/context.ts';
import { readConfig } from './config/values.ts';

export const FLOW_KINDS = ['feature', 'bugfix', 'release', 'hotfix', 'support'] as const;

export type FlowKind = (typeof FLOW_KINDS)[number];

/** What git-flow (AVH) or git-flow-next has written into a repository's configuration. */
export interface FlowConfig {
  /** Whose keys they are; null where there are none. */
  tool: 'avh' | 'next' | null;
  main?: string;
  develop?: string;
  prefixes: Partial<Record<FlowKind, string>>;
  tagPrefix?: string;
  /** Remote that flow branches are published on. */
  origin: string;
  /** The branch that a flow branch was started from, by the flow branch. */
  bases: ReadonlyMap<string, string>;
  /** Every `gitflow.*` value by its key. */
  values: ReadonlyMap<string, string>;
}

export async function readFlowConfig(context: Context, cwd: string): Promise<FlowConfig> {
  return flowConfigFrom(await readConfig(context, cwd, '^gitflow\\.'));
}

export function flowConfigFrom(values: ReadonlyMap<string, string>): FlowConfig {
  const next = nextBranches(values);
  const bases = new Map(
    [...values].flatMap(([key, value]) => {
      const branch = /^gitflow\.branch\.(.+)\.base$/.exec(key)?.[1];
      return branch === undefined ? [] : [[branch, value] as const];
    }),
  );
  const origin = values.get('gitflow.origin') ?? values.get('gitflow.remote') ?? 'origin';
  if (next.length > 0) return { ...fromNext(values, next), origin, bases, values };
  const main = values.get('gitflow.branch.master');
  const develop = values.get('gitflow.branch.develop');
  return {
    tool: main !== undefined && develop !== undefined ? 'avh' : null,
    main,
    develop,
    prefixes: prefixesFrom((kind) => values.get(`gitflow.prefix.${kind}`)),
    tagPrefix: values.get('gitflow.prefix.versiontag'),
    origin,
    bases,
    values,
  };
}

/** Branches and kinds of branches that git-flow-next knows: each has a type. */
function nextBranches(values: ReadonlyMap<string, string>): string[] {
  return [...values.keys()].flatMap((key) => /^gitflow\.branch\.(.+)\.type$/.exec(key)?.[1] ?? []);
}

function fromNext(values: ReadonlyMap<string, string>, branches: readonly string[]) {
  const of = (branch: string, property: string) => values.get(`gitflow.branch.${branch}.${property}`);
  const bases = branches.filter((branch) => of(branch, 'type') === 'base');
  const main = bases.find((branch) => !of(branch, 'parent'));
  const develop = of('feature', 'parent') ?? bases.find((branch) => of(branch, 'parent') === main);
  return {
    tool: 'next' as const,
    main,
    develop,
    prefixes: prefixesFrom((kind) => of(kind, 'prefix')),
    tagPrefix: of('release', 'tagprefix'),
  };
}

function prefixesFrom(prefixOf: (kind: FlowKind) => string | undefined): FlowConfig['prefixes'] {
  const found = FLOW_KINDS.map((kind) => [kind, prefixOf(kind)] as const);
  return Object.fromEntries(found.filter(([, prefix]) => prefix !== undefined));
}
