import type { Context } from '#engines/core/context.ts';
import { GantryError } from '#engines/core/errors.ts';
import { isRecord, type Json } from '#engines/core/json.ts';
import { quote } from '#engines/core/shell.ts';
import { counted } from '#engines/git/words.ts';
import { serviceError } from './errors.ts';
import type { Artifact, Profile } from './jos/artifact.ts';
import { findArtifact } from './jos/find.ts';
import { type Inspection, inspect } from './jos/inspect.ts';
import { checkIntegrity } from './jos/integrity.ts';
import { JOSFOXAI_KEYS, lacking, MAGIC_KEYS } from './jos/keys.ts';
import { requireArtifact } from './jos/load.ts';
import { readSource } from './jos/source.ts';
import type { Check, Validation } from './types.ts';

interface Input {
  artifact: string;
  profile: Profile;
  insecure: boolean;
}

/** An artifact that does not pass is a failure; its details have the checks as they went. */
export async function readValidation(
  { artifact: named, profile, insecure }: Input,
  context: Context,
): Promise<Validation> {
  const inspection = inspect(await readSource(await findArtifact(named, context)), profile);
  const checks = formChecks(inspection);
  const artifact = usable(inspection, checks);
  const integrity = insecure ? skipped() : await integrityCheck(artifact);
  const all = [...checks, integrity];
  if (!integrity.ok) throw unsound(artifact, integrity, all);
  return {
    artifact: artifact.path,
    name: artifact.name,
    kind: artifact.kind,
    generation: artifact.generation,
    sha256: artifact.sha256,
    checks: all,
    warnings: artifact.warnings,
  };
}

/** In the order of 0.0.7's own validator. */
function formChecks(inspection: Inspection): Check[] {
  if (inspection.kind === 'fault') return [check('json-syntax', false, inspection.fault.reason)];
  const syntax = check('json-syntax', true, 'strict JSON');
  if (inspection.kind === 'nested') return [syntax, check('generation', false, 'nothing runs it')];
  return [syntax, ...keyChecks(inspection), schemaCheck(inspection), structureCheck(inspection)];
}

type Read = Extract<Inspection, { kind: 'read' }>;

function keyChecks({ generation, json }: Read): Check[] {
  if (generation !== '0.0.7-strict') return [];
  const root = json.value as { [key: string]: Json };
  const keys = { 'josfoxai-keys': JOSFOXAI_KEYS, 'magic-keys': MAGIC_KEYS };
  return Object.entries(keys).map(([name, due]) => {
    const missing = lacking<string>(due, root);
    const found = `${due.length - missing.length}/${due.length}`;
    return check(name, missing.length === 0, missing.length === 0 ? found : `missing: ${missing.join(', ')}`);
  });
}

function schemaCheck({ generation, findings: { problems } }: Read): Check {
  const count = counted(problems.length, 'problem');
  return check('schema', problems.length === 0, problems.length === 0 ? generation : count);
}

function structureCheck({ json, findings }: Read): Check {
  const [definitions, flows] = ['definitions', 'flows'].map((block) => sizeOf(json.value, block)) as [
    number,
    number,
  ];
  const ok = !findings.problems.some(({ path }) => /^orchestration\b/.test(path));
  const incomplete = definitions === 0 || flows === 0 ? '; it may be incomplete' : '';
  const found = `${counted(definitions, 'definition')}, ${counted(flows, 'flow')}${incomplete}`;
  return check('orchestration-structure', ok, found);
}

/** Members of a block of the orchestration. */
function sizeOf(root: Json, block: string): number {
  const orchestration = isRecord(root) ? root.orchestration : undefined;
  const found = isRecord(orchestration) ? orchestration[block] : undefined;
  return isRecord(found) ? Object.keys(found).length : 0;
}

async function integrityCheck(artifact: Artifact): Promise<Check> {
  const checked = await checkIntegrity(artifact);
  return typeof checked === 'string'
    ? check('integrity', true, checked)
    : check('integrity', false, checked.failed);
}

function skipped(): Check {
  return check('integrity', true, 'not looked at');
}

function usable(inspection: Inspection, checks: Check[]): Artifact {
  try {
    return requireArtifact(inspection);
  } catch (thrown) {
    if (!(thrown instanceof GantryError)) throw thrown;
    const { failure } = thrown;
    throw new GantryError({ ...failure, details: { ...failure.details, checks } });
  }
}

function unsound({ path, name, generation, warnings }: Artifact, { detail }: Check, checks: Check[]) {
  return serviceError('integrity-failed', `The signature of ${name} does not hold: ${detail}.`, {
    next: [`gantry service sign ${quote(path)}`, `gantry service validate ${quote(path)} --insecure`],
    details: { path, generation, checks, warnings: warnings.map((warning) => ({ ...warning })) },
  });
}

function check(name: string, ok: boolean, detail: string): Check {
  return { check: name, ok, detail };
}
