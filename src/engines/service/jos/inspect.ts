import { isRecord } from '#engines/core/json.ts';
import type { Artifact, Generation, Profile } from './artifact.ts';
import { type Findings, findingsIn, sortFindings } from './findings.ts';
import { shaped } from './issues.ts';
import { isFault, type JsonFault, type JsonText, parseJson } from './json.ts';
import { JOSFOXAI_KEYS, lacking, MAGIC_KEYS } from './keys.ts';
import { artifactOfOld } from './normalise-old.ts';
import { artifactOfOne } from './normalise-one.ts';
import { recognise } from './recognise.ts';
import { schemaDraft, schemaStrict } from './schema-old.ts';
import { schemaOne } from './schema-one.ts';
import type { Source } from './source.ts';

type Root = Record<string, unknown>;

/** What a look at an artifact found; `artifact` where nothing keeps it from being used. */
export type Inspection = { source: Source } & (
  | { kind: 'fault'; fault: JsonFault }
  /** Blocks named JOSFOXAI and MAGIC, which stand in a document for language models and in no kernel. */
  | { kind: 'nested' }
  | { kind: 'read'; json: JsonText; generation: Generation; findings: Findings; artifact?: Artifact }
);

/** Reads an artifact as its own generation or as the one that is asked for, and says all that is wrong with it. */
export function inspect(source: Source, profile: Profile = 'auto'): Inspection {
  const json = parseJson(source.text);
  if (isFault(json)) return { kind: 'fault', source, fault: json };
  const root = isRecord(json.value) ? json.value : {};
  const generation = profile === 'auto' ? recognise(root) : profile;
  if (generation === 'nested') return { kind: 'nested', source };
  const findings = findingsIn(json);
  if (!isRecord(json.value)) {
    findings.problem([], 'has to be an object');
    return { kind: 'read', source, json, generation, findings };
  }
  const artifact = READERS[generation]({ source, root, findings });
  sortFindings(findings);
  return {
    ...{ kind: 'read', source, json, generation, findings },
    ...(artifact && findings.problems.length === 0 && { artifact }),
  };
}

interface Reading {
  source: Source;
  root: Root;
  findings: Findings;
}

const READERS: Record<Generation, (reading: Reading) => Artifact | undefined> = {
  '0.0.7-strict': readStrict,
  '0.0.7': readDraft,
  '1.0.0': readOne,
};

function readStrict({ source, root, findings }: Reading): Artifact | undefined {
  for (const [block, keys] of Object.entries({ JOSFOXAI: JOSFOXAI_KEYS, MAGIC: MAGIC_KEYS })) {
    for (const key of lacking(keys, root)) {
      const lack = key in root ? 'says nothing' : 'is missing at the top level';
      findings.problem([key], `${lack} (${block})`);
    }
  }
  const document = shaped(schemaStrict, saying(root), findings);
  return document && artifactOfOld({ document, source, generation: '0.0.7-strict', findings });
}

function readDraft({ source, root, findings }: Reading): Artifact | undefined {
  findings.warn([], 'is a draft of 0.0.7: it can be run, and not be started as a service');
  const document = shaped(schemaDraft, root, findings);
  return document && artifactOfOld({ document, source, generation: '0.0.7', findings });
}

function readOne({ source, root, findings }: Reading): Artifact | undefined {
  const document = shaped(schemaOne, root, findings);
  return document && artifactOfOne({ document, source, findings });
}

/** Without what is empty: 0.0.7 takes `[]` where an object belongs, and the other way round. */
function saying(root: Root): Root {
  return Object.fromEntries(Object.entries(root).filter(([, value]) => value && !isEmpty(value)));
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
