import type { Definition, Flow } from './artifact.ts';
import { definitionOf } from './definition.ts';
import type { Findings } from './findings.ts';

type Declared<T> = Record<string, T> | null | undefined;

interface DeclaredFlow {
  description?: string | null;
  steps?: string[] | null;
  gates?: Record<string, string> | null;
}

interface Orchestration {
  definitions?: Declared<Parameters<typeof definitionOf>[0]>;
  flows?: Declared<DeclaredFlow>;
  pipelines?: Declared<DeclaredFlow>;
}

/** Flows by their names, pipelines being flows as well, and what their steps are; what can't be run is told. */
export function orchestrationOf(
  declared: Orchestration | null | undefined,
  findings: Findings,
): { flows: Map<string, Flow>; definitions: Map<string, Definition> } {
  const definitions = new Map<string, Definition>();
  for (const [name, one] of Object.entries(declared?.definitions ?? {})) {
    const definition = definitionOf(one, process.platform);
    definitions.set(name, definition);
    if (definition.type === 'unsupported') {
      findings.warn(['orchestration', 'definitions', name], `can not be run: ${definition.reason}`);
    }
  }
  const flows = new Map<string, Flow>();
  for (const block of ['pipelines', 'flows'] as const) {
    for (const [name, one] of Object.entries(declared?.[block] ?? {})) {
      flows.set(name, flowOf(one));
      tellOfSteps(one, { at: ['orchestration', block, name], definitions, findings });
    }
  }
  return { flows, definitions };
}

function flowOf({ description, steps, gates }: DeclaredFlow): Flow {
  return {
    ...(description && { description }),
    steps: steps ?? [],
    gates: new Map(Object.entries(gates ?? {})),
  };
}

interface Around {
  at: string[];
  definitions: ReadonlyMap<string, Definition>;
  findings: Findings;
}

function tellOfSteps({ steps }: DeclaredFlow, { at, definitions, findings }: Around): void {
  if (!steps?.length) findings.warn(at, 'has no steps');
  for (const [index, step] of (steps ?? []).entries()) {
    if (definitions.has(step)) continue;
    findings.warn([...at, 'steps', index], `names ${JSON.stringify(step)}, which is not defined`);
  }
}
