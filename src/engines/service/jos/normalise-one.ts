import { durationOf } from '#engines/core/duration.ts';
import type { Artifact, Integrity, Limits, Probe } from './artifact.ts';
import type { Findings } from './findings.ts';
import { nameIn } from './name.ts';
import { orchestrationOf } from './orchestration.ts';
import type { DocumentOne } from './schema-one.ts';
import type { Source } from './source.ts';

interface Read {
  document: DocumentOne;
  source: Source;
  findings: Findings;
}

/** An artifact of JOS 1.x. */
export function artifactOfOne({ document, source, findings }: Read): Artifact {
  const { jos, meta, guardrails, intention, execution, security } = document;
  checkVersion(document, findings);
  const limits = limitsIn(document, findings);
  return {
    ...source,
    generation: '1.0.0',
    ...nameIn(meta.name, source.path),
    ...(document.id !== undefined && { id: document.id }),
    ...(meta.version !== undefined && { version: meta.version }),
    ...(meta.description !== undefined && { description: meta.description }),
    kind: jos.kind,
    isService: jos.kind === 'service',
    ...(intention?.objective !== undefined && { objective: intention.objective }),
    successCriteria: [intention?.success_criteria ?? []].flat(),
    ...flowsIn(document, findings),
    guardrails: {
      avoid: guardrails?.avoid ?? [],
      require: guardrails?.require ?? [],
      requireConfirmation: document.tool_policy?.require_approval ?? false,
      ...(execution?.budget?.max_retries !== undefined && { maxRetries: execution.budget.max_retries }),
      ...(limits.timeoutMs !== undefined && { timeoutMs: limits.timeoutMs }),
    },
    limits,
    ...probesIn(document, findings),
    capabilities: (document.capabilities ?? []).map(({ name }) => name),
    environment: new Map(),
    files: [],
    security: { ...(security?.tier && { tier: security.tier }), permissions: security?.permissions ?? [] },
    ...integrityIn(document),
    ...a2aIn(document),
    warnings: findings.warnings,
  };
}

/** What a later major version means by a key is not known. */
function checkVersion({ jos }: DocumentOne, { problem, warn }: Findings): void {
  if (!jos.version.startsWith('1.')) {
    problem(['jos', 'version'], `is ${jos.version}, and only 1.x is understood`);
  } else if (jos.version !== '1.0.0') {
    warn(['jos', 'version'], `is ${jos.version}; it is read as 1.0.0`);
  }
}

function limitsIn({ execution }: DocumentOne, { problem }: Findings): Limits {
  const budget = execution?.budget;
  const timeoutMs = budget?.max_duration === undefined ? undefined : durationOf(budget.max_duration);
  if (budget?.max_duration !== undefined && timeoutMs === undefined) {
    problem(['execution', 'budget', 'max_duration'], 'has to be a duration such as "30s" or "2m"');
  }
  return {
    retries: budget?.max_retries ?? 0,
    ...(timeoutMs !== undefined && { timeoutMs }),
    ...(budget?.max_cost_usd !== undefined && { maxCostUsd: budget.max_cost_usd }),
    ...(budget?.max_tokens !== undefined && { maxTokens: budget.max_tokens }),
  };
}

/** A flow may be written as a mere list of artifacts; that is the flow `main`. */
function flowsIn(document: DocumentOne, findings: Findings): Pick<Artifact, 'flows' | 'definitions'> {
  const { flows, definitions } = orchestrationOf(document.orchestration, findings);
  const invoked = (document.execution?.flow ?? []).map(({ invoke }) => invoke);
  if (invoked.length === 0 || flows.has('main')) return { flows, definitions };
  const stepOf = (artifact: string) => `invoke ${artifact}`;
  for (const artifact of invoked) definitions.set(stepOf(artifact), { type: 'jos', artifact });
  flows.set('main', { steps: invoked.map(stepOf), gates: new Map() });
  return { flows, definitions };
}

function probesIn({ lifecycle }: DocumentOne, { warn }: Findings): { health?: Probe; ready?: Probe } {
  const intervalMs = lifecycle?.interval === undefined ? undefined : durationOf(lifecycle.interval);
  if (lifecycle?.interval !== undefined && intervalMs === undefined) {
    warn(['lifecycle', 'interval'], 'is no duration such as "30s", and ignored');
  }
  const probe = (path: string): Probe => ({ kind: 'path', path, ...(intervalMs && { intervalMs }) });
  return {
    ...(lifecycle?.health_path && { health: probe(lifecycle.health_path) }),
    ...(lifecycle?.ready_path && { ready: probe(lifecycle.ready_path) }),
  };
}

function integrityIn({ integrity }: DocumentOne): { integrity?: Integrity } {
  if (integrity?.hash === undefined) return {};
  const { hash, signed_by: signedBy, timestamp } = integrity;
  return {
    integrity: {
      kind: 'hash',
      hash,
      ...(signedBy !== undefined && { signedBy }),
      ...(timestamp !== undefined && { timestamp }),
    },
  };
}

function a2aIn({ execution }: DocumentOne): Pick<Artifact, 'a2a'> {
  const a2a = execution?.bindings?.a2a;
  if (!a2a) return {};
  return { a2a: a2a.agent_card === undefined ? {} : { agentCard: a2a.agent_card } };
}
