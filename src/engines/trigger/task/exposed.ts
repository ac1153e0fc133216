import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { canonical, isRecord } from '#engines/core/json.ts';
import type { Store } from '#engines/store/store.ts';
import { type DefinitionOf, isOn } from '../definition.ts';
import { triggers } from '../records.ts';

/** An artifact that a person has said agents may run. */
export type Exposed = DefinitionOf<'a2a'>;

/** What a task asks for: an artifact by one of its names, or as it stands in its file. */
export interface Asked {
  artifact: unknown;
  flow: string;
}

export function exposedIn(opened: Store): Exposed[] {
  return triggers
    .all(opened)
    .flatMap(({ definition, paused }) => (!paused && isOn(definition, 'a2a') ? [definition] : []));
}

/** What is asked for, if it is exposed and still what it was when a person said so; or why it is not run. */
export function exposedFor({ artifact, flow }: Asked, opened: Store): Exposed | string {
  const all = exposedIn(opened);
  const named = all.filter((one) =>
    typeof artifact === 'string'
      ? isCalled(one, artifact) || isText(one, artifact)
      : isContent(one, artifact),
  );
  if (named.length === 0) return 'That artifact is not exposed here.';
  const found = named.find(({ occasion }) => occasion.artifact.flow === flow);
  if (!found) return `Its flow ${JSON.stringify(flow)} is not exposed here.`;
  return textOf(found) === undefined ? 'It was changed since it was exposed.' : found;
}

function isCalled({ name, occasion }: Exposed, wanted: string): boolean {
  const { artifact } = occasion;
  const file = basename(artifact.path);
  return [name, artifact.name, artifact.id, file, file.replace(/\.jos$/, '')].includes(wanted);
}

function isText({ occasion }: Exposed, text: string): boolean {
  return digestOf(text) === occasion.artifact.sha256;
}

/** The same data, however it is laid out. */
function isContent(exposed: Exposed, content: unknown): boolean {
  const text = textOf(exposed);
  return isRecord(content) && text !== undefined && canonical(JSON.parse(text)) === canonical(content);
}

/** The file as it was exposed; nothing where it is another one by now. */
function textOf({ occasion }: Exposed): string | undefined {
  try {
    const bytes = readFileSync(occasion.artifact.path);
    return digestOf(bytes) === occasion.artifact.sha256 ? bytes.toString('utf8') : undefined;
  } catch {
    return undefined;
  }
}

function digestOf(bytes: string | Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
