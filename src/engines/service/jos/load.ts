import type { GantryError } from '#engines/core/errors.ts';
import { quote } from '#engines/core/shell.ts';
import { serviceError } from '../errors.ts';
import type { Artifact, Profile } from './artifact.ts';
import { type Finding, findingText } from './findings.ts';
import { type Inspection, inspect } from './inspect.ts';
import { placeAt } from './place.ts';
import { readSource } from './source.ts';

interface Options {
  /** The generation that it has to keep to; its own unless told. */
  profile?: Profile;
}

/** Reads the artifact of a path, or throws all that is wrong with it. */
export async function loadArtifact(path: string, { profile }: Options = {}): Promise<Artifact> {
  return requireArtifact(inspect(await readSource(path), profile));
}

/** The artifact that an inspection found to be usable. */
export function requireArtifact(inspection: Inspection): Artifact {
  if (inspection.kind === 'read' && inspection.artifact) return inspection.artifact;
  throw refusal(inspection);
}

/** Only what the kernel of its generation validates is kept running; a persona is for language models. */
export function requireStartable({ generation, kind, name, path }: Artifact): void {
  if (generation !== '0.0.7' && kind !== 'persona') return;
  const what = kind === 'persona' ? 'a persona' : 'a draft of 0.0.7';
  throw serviceError('artifact-not-startable', `${name} is ${what}.`, {
    next: [`gantry service validate ${quote(path)} --profile 0.0.7-strict`],
    details: { path, generation, kind },
  });
}

const SHOWN = 5;

function refusal(inspection: Inspection): GantryError {
  const { path } = inspection.source;
  if (inspection.kind === 'fault') {
    const { fault, source } = inspection;
    const place = placeAt(source.text, fault.offset);
    const { line, column } = place;
    return serviceError('artifact-json', `${path}:${line}:${column}: ${fault.reason}.`, {
      next: [`$EDITOR +${line} ${quote(path)}`],
      details: { path, ...place },
    });
  }
  if (inspection.kind === 'nested') {
    return serviceError('artifact-unsupported', `${path} has JOSFOXAI or MAGIC as a block of its own.`, {
      next: [`gantry service validate ${quote(path)} --profile 1.0.0`],
      details: { path },
    });
  }
  const { generation, findings } = inspection;
  const { problems, warnings } = findings;
  return serviceError('artifact-invalid', `${path} is no artifact of ${generation}: ${listed(problems)}.`, {
    next: [`gantry service validate ${quote(path)} --json`],
    details: { path, generation, problems: problems.map(plain), warnings: warnings.map(plain) },
  });
}

function listed(problems: readonly Finding[]): string {
  const shown = problems.slice(0, SHOWN).map(findingText).join('; ');
  return problems.length > SHOWN ? `${shown}; and ${problems.length - SHOWN} more` : shown;
}

function plain({ path, line, column, message }: Finding) {
  return { path, line, column, message };
}
