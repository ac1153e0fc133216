import type { Property } from '#app/registry/card.ts';
import { styleFor } from '#app/surface/style.ts';
import { table } from '#app/surface/text/table.ts';
import { bytes } from '#engines/core/bytes.ts';
import type { Info } from '#engines/models/info.ts';
import type { ModelList } from '#engines/models/list.ts';
import type { EntryRow } from '#engines/models/types.ts';
import type { VerifiedFile } from '#engines/models/verify.ts';
import type { Acting, Given, Told } from '../dialect.ts';
import { dataOf, ifDone, receiptIn } from '../told.ts';
import { infoLines } from './model-info.ts';
import { placedAtModels } from './model-place.ts';

const MODEL: Record<'model', Property> = {
  model: { type: 'string', positional: true, completes: 'model', description: 'Id of the model' },
};

const FORCE: Record<'force', Property> = { force: { type: 'boolean', description: 'Do not ask' } };

const placed = placedAtModels;

const catalog: Acting = {
  id: 'models.catalog',
  summary: 'List the models of the catalog, with their repositories and whether they are downloaded',
  placed,
  calls: () => [{ action: 'models.catalog', input: {} }],
  lines: (told) => entriesIn(told).flatMap(entryLines),
  json: (told) => ({ models: entriesIn(told).map(entryJson) }),
};

const list: Acting = {
  id: 'models.list',
  summary: 'List the models that are downloaded, with what they take of the disk',
  placed,
  calls: () => [{ action: 'models.list', input: {} }],
  lines: (told) => {
    const { directory, models, total } = listIn(told);
    if (models.length === 0) return [`No models found at ${directory}`];
    const files = models.flatMap(({ id, files }) => files.map(({ file, size }) => ({ id, file, size })));
    const rows = table(FILES, files, styleFor(false), Date.now());
    return [...rows, '', `Total: ${bytes(total)} in ${directory}`];
  },
  json: (told) => {
    const { directory, models, total } = listIn(told);
    return {
      directory,
      total_bytes: total,
      models: models.map(({ id, size, files }) => ({ id, size_bytes: size, files })),
    };
  },
};

const download: Acting = {
  id: 'models.download',
  summary: 'Download a model with hf',
  takes: { ...MODEL, force: { type: 'boolean', description: 'Also where it is there' } },
  placed,
  calls: ({ model, force }) => [
    { action: 'models.download', input: { models: [model], force: force === true, using: 'hf' } },
  ],
  lines: (told) => ifDone(told, downloadLines(told)) ?? [],
  json: (told) =>
    ifDone(told, { model: told.given.model, sha256: sumIn(told) ?? null, done: downloadLines(told) }),
};

const info: Acting = {
  id: 'models.info',
  summary: 'Show what the catalog says of a model, and its files',
  takes: MODEL,
  placed,
  calls: ({ model }) => [{ action: 'models.info', input: { id: model } }],
  lines: (told) => infoLines(dataOf<Info>(told, 'models.info') as Info),
  json: (told) => dataOf<Info>(told, 'models.info'),
};

const verify: Acting = {
  id: 'models.verify',
  summary: 'Look whether the files of a model are there and whole',
  takes: MODEL,
  placed,
  calls: ({ model }) => [{ action: 'models.verify', input: { ids: [model] } }],
  lines: (told) =>
    verifiedIn(told).map(({ path, size, verdict, why }) => {
      const isWell = verdict === 'verified' || verdict === 'whole';
      return `${isWell ? '✓' : '✗'} ${path} - ${isWell ? bytes(size) : size === 0 ? 'EMPTY FILE' : why}`;
    }),
  json: (told) => ({ files: verifiedIn(told) }),
};

const remove: Acting = {
  id: 'models.delete',
  summary: 'Delete the files of a model',
  takes: { ...MODEL, ...FORCE },
  placed,
  finds: {
    asks: ({ model }) => [{ action: 'models.info', input: { id: model } }],
    given: (given, _, made) => {
      const { total, model } = dataOf<Info>({ made }, 'models.info') as Info;
      return { ...given, total, directory: model.directory };
    },
  },
  question: ({ model, force, total, directory }: Given) =>
    force || total === 0
      ? undefined
      : `${model} takes ${bytes(Number(total))} in ${directory}, which can't be brought back. Delete it?`,
  calls: ({ model }) => [{ action: 'models.delete', input: { ids: [model] } }],
  lines: (told) => ifDone(told, stepLines(told)) ?? [],
  json: (told) => ifDone(told, { model: told.given.model, freed_bytes: told.given.total }),
};

const register: Acting = {
  id: 'models.register',
  summary: 'Put a model of the hub into your own catalog',
  takes: {
    ...MODEL,
    repo: { type: 'string', description: 'Repository on the hub' },
    file: { type: 'string', description: 'Its file in the repository' },
    name: { type: 'string', description: 'Name for people' },
  },
  optional: ['name'],
  placed,
  calls: ({ model, repo, file, name }) => [
    { action: 'models.register', input: { id: model, from: repo, file, name } },
  ],
  lines: (told) => ifDone(told, stepLines(told)) ?? [],
  json: (told) => ifDone(told, { model: told.given.model }),
};

const unregister: Acting = {
  id: 'models.unregister',
  summary: 'Take a model out of your own catalog; its files stay',
  takes: MODEL,
  placed,
  calls: ({ model }) => [{ action: 'models.unregister', input: { ids: [model] } }],
  lines: (told) => ifDone(told, stepLines(told)) ?? [],
  json: (told) => ifDone(told, { model: told.given.model }),
};

export const models: readonly Acting[] = [
  ...[catalog, list, download, info, verify, remove],
  ...[register, unregister],
];

const FILES = [
  { key: 'id', head: 'MODEL' },
  { key: 'file', head: 'FILE' },
  { key: 'size', head: 'SIZE', unit: 'bytes' },
];

function entriesIn(told: Told): readonly EntryRow[] {
  return dataOf<{ models: EntryRow[] }>(told, 'models.catalog')?.models ?? [];
}

function listIn(told: Told): ModelList {
  return dataOf<ModelList>(told, 'models.list') ?? { directory: '', models: [], total: 0 };
}

function entryLines({
  id,
  name,
  sizeBytes,
  file,
  url,
  state,
  requiresConversion,
  doubt,
}: EntryRow): string[] {
  return [
    `${id} - ${name} (${state === 'downloaded' ? 'downloaded' : 'not downloaded'})`,
    `  Size: ${bytes(sizeBytes)}`,
    `  File: ${file}`,
    ...(url === null ? [] : [`  HF Repo: ${url}`]),
    ...(requiresConversion ? ['  Note: Requires conversion from PyTorch'] : []),
    ...(doubt === null ? [] : [`  Note: ${doubt}`]),
  ];
}

/** As the catalog's own file has it. */
function entryJson({ id, name, repo, url, file, sizeBytes, params, description, ...rest }: EntryRow) {
  const { verified, doubt, requiresConversion, state } = rest;
  return {
    ...{ id, name, repo, url, file, size_bytes: sizeBytes, params, description, verified, doubt },
    ...{ requires_conversion: requiresConversion, downloaded: state === 'downloaded' },
  };
}

/** What was done; what is there already is told with the way to have it anew. */
function downloadLines(told: Told): string[] {
  const done = stepLines(told);
  if (done.length > 0) return done;
  return [`Model already exists: ${told.given.model}`, 'Use --force to re-download'];
}

function stepLines(told: Told): string[] {
  const steps = receiptIn(told)?.steps ?? [];
  return steps
    .filter(({ status }) => status === 'done')
    .map(({ target, summary }) => `${target.name}: ${summary}`);
}

function sumIn(told: Told): string | undefined {
  const results = (receiptIn(told)?.steps ?? []).map(
    ({ result }) => result as { sha256?: string } | undefined,
  );
  return results.find((result) => result?.sha256)?.sha256;
}

function verifiedIn(told: Told): readonly VerifiedFile[] {
  return dataOf<{ files: VerifiedFile[] }>(told, 'models.verify')?.files ?? [];
}
