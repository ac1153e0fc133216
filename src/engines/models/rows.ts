import { statSync } from 'node:fs';
import { basename, extname } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { readProcesses } from '#engines/process/records.ts';
import { isAtRest } from '#engines/process/status.ts';
import { store } from '#engines/store/store.ts';
import { openComing } from './coming.ts';
import { converterName } from './convert/name.ts';
import type { Model } from './local.ts';
import { conditionOf } from './state.ts';
import type { State } from './states.ts';
import type { Coming, ModelRow } from './types.ts';
import { openUsers } from './users.ts';
import { lastVerifications, type Verification } from './verifications.ts';
import { parametersInWords } from './words.ts';

/** Models as the Models pane shows them. */
export function modelRows(models: readonly Model[], context: Context): ModelRow[] {
  const opened = context.use(store);
  const usersOf = openUsers(context);
  const comingOf = openComing(context);
  const looks = lastVerifications(opened);
  const running = new Set(
    readProcesses(opened)
      .filter(({ status }) => !isAtRest(status))
      .map(({ spec }) => spec.name),
  );
  return models.map((model) => {
    const { id, entry, directory, weights } = model;
    const { state, why, header, size } = conditionOf(model, context);
    const look = lookAt(weights, looks);
    const coming = comingOf(weights);
    const isBroken = look?.verdict === 'broken' && state === 'downloaded';
    return {
      id,
      state: stateNow(isBroken ? 'broken' : state, { coming, converts: running.has(converterName(id)) }),
      coming,
      name: entry?.name ?? header?.name ?? id,
      params: entry?.params ?? (header ? parametersInWords(header.parameters) : null),
      quantisation: header?.quantisation ?? null,
      format: header?.format ?? formatOf(entry?.file),
      ...{ architecture: header?.architecture ?? null, contextLength: header?.contextLength ?? null },
      ...{ size, expectedSize: entry?.sizeBytes ?? null, why: why ?? (isBroken ? look.why : null) },
      checksum: look === undefined || look.verdict === 'absent' ? 'unchecked' : look.verdict,
      verifiedAt: look?.at ?? null,
      workers: usersOf(weights),
      repo: entry?.repo ?? null,
      file: entry?.file ?? (weights[0] === undefined ? null : basename(weights[0])),
      ...{ directory, description: entry?.description ?? null, doubt: entry?.doubt ?? null },
      ...{ requiresConversion: entry?.requiresConversion ?? false, source: entry?.source ?? null },
    };
  });
}

/** What is done to it goes before what its files tell. */
function stateNow(state: State, { coming, converts }: { coming: Coming | null; converts: boolean }): State {
  if (converts) return 'converting';
  return coming && coming.phase !== 'failed' ? 'downloading' : state;
}

/** The worst of the last looks at files that are still as they were then; nothing where one was never looked at. */
function lookAt(weights: readonly string[], looks: Map<string, Verification>): Verification | undefined {
  const found = weights.map((file) => {
    const look = looks.get(file);
    const now = look && statSync(file, { throwIfNoEntry: false });
    return now && now.size === look.size && Math.trunc(now.mtimeMs) === look.mtime ? look : undefined;
  });
  const broken = found.find((look) => look?.verdict === 'broken');
  if (broken) return broken;
  return found.every((look) => look !== undefined)
    ? (found.find((look) => look.verdict === 'whole') ?? found[0])
    : undefined;
}

function formatOf(file: string | undefined): string | null {
  return file === undefined ? null : extname(file).slice(1) || null;
}
