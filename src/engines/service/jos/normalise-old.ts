import { durationOf } from '#engines/core/duration.ts';
import type { Artifact, Generation, Integrity, Kind, Limits, Probe } from './artifact.ts';
import { KINDS } from './artifact.ts';
import type { Findings } from './findings.ts';
import { nameIn } from './name.ts';
import { orchestrationOf } from './orchestration.ts';
import type { DocumentOld } from './schema-old.ts';
import type { Source } from './source.ts';

interface Read {
  document: DocumentOld;
  source: Source;
  generation: Generation;
  findings: Findings;
}

/** An artifact of 0.0.7, strict or draft. */
export function artifactOfOld({ document, source, generation, findings }: Read): Artifact {
  const { meta, guardrails, intention, security, x_run_params: run } = document;
  const kind = kindIn(document, findings);
  return {
    ...source,
    generation,
    ...nameIn(meta?.name, source.path),
    ...(document.id_jos && { id: document.id_jos }),
    ...(meta?.version && { version: meta.version }),
    ...(meta?.description && { description: meta.description }),
    kind,
    isService:
      kind === 'service' || document.orchestration_contract?.mode === 'daemon' || run?.daemon_mode === true,
    ...(intention?.objective && { objective: intention.objective }),
    successCriteria: [intention?.success_criteria ?? []].flat(),
    ...orchestrationOf(document.orchestration, findings),
    guardrails: {
      avoid: guardrails?.avoid ?? [],
      require: [],
      requireConfirmation: guardrails?.require_confirmation ?? run?.require_confirmation ?? false,
      ...(guardrails?.max_retries != null && { maxRetries: guardrails.max_retries }),
      ...(guardrails?.timeout_ms != null && { timeoutMs: guardrails.timeout_ms }),
    },
    limits: limitsIn(document, findings),
    ...healthIn(document, findings),
    capabilities: document.capabilities ?? [],
    environment: environmentIn(document),
    files: document.files ?? [],
    security: { ...(security?.type && { type: security.type }), permissions: security?.permissions ?? [] },
    ...integrityIn(document),
    ...(document.capabilities?.includes('a2a') && { a2a: {} }),
    warnings: findings.warnings,
  };
}

function kindIn({ meta }: DocumentOld, { warn }: Findings): Kind {
  const type = meta?.type ?? 'atom';
  const known = KINDS.find((kind) => kind === type);
  if (!known) warn(['meta', 'type'], `is ${JSON.stringify(type)}, which is taken for "atom"`);
  return known ?? 'atom';
}

/** Written by hand it is milliseconds and by its own tools seconds; nobody waits less than a second, or 17 minutes. */
const SHORTEST_MS = 1_000;

function limitsIn({ guardrails, x_run_params: run }: DocumentOld, { warn }: Findings): Limits {
  const most = guardrails?.max_retries ?? (run?.retry_on_failure ? 1 : 0);
  const retries = run?.retry_on_failure === false ? 0 : most;
  if (guardrails?.timeout_ms != null) return { retries, timeoutMs: guardrails.timeout_ms };
  if (!run?.timeout) return { retries };
  const isSeconds = run.timeout < SHORTEST_MS;
  warn(['x_run_params', 'timeout'], `has no unit; it is read as ${run.timeout} ${isSeconds ? 's' : 'ms'}`);
  return { retries, timeoutMs: Math.round(isSeconds ? run.timeout * 1_000 : run.timeout) };
}

function healthIn({ security }: DocumentOld, { warn }: Findings): { health?: Probe } {
  const check = security?.health_check;
  if (!check) return {};
  if (typeof check === 'string') return { health: probeOf(check) };
  const { url, command, interval } = check;
  const intervalMs = interval == null ? undefined : durationOf(interval);
  if (interval != null && intervalMs === undefined) {
    warn(['security', 'health_check', 'interval'], 'is no duration such as "30s", and ignored');
  }
  const asked = url ?? command;
  if (asked == null) return {};
  return { health: { ...(url ? probeOf(url) : probeOf(asked)), ...(intervalMs && { intervalMs }) } };
}

function probeOf(asked: string): Probe {
  return /^https?:\/\//.test(asked) ? { kind: 'url', url: asked } : { kind: 'command', command: asked };
}

/** A block that its own services have: `{ "PORT": { "default": "80" } }`. */
function environmentIn({ environment }: DocumentOld): Map<string, string> {
  const entries = Object.entries(environment ?? {}).flatMap(([name, declared]) => {
    const value =
      typeof declared === 'object' && declared !== null ? Reflect.get(declared, 'default') : declared;
    return typeof value === 'string' ? [[name, value] as const] : [];
  });
  return new Map(entries);
}

function integrityIn({ security }: DocumentOld): { integrity?: Integrity } {
  return security?.integrity_ref ? { integrity: { kind: 'manifest', ref: security.integrity_ref } } : {};
}
