import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type * as z from 'zod/mini';
import { bytes } from '#engines/core/bytes.ts';
import type { Context } from '#engines/core/context.ts';
import { isRecord } from '#engines/core/json.ts';
import { store } from '#engines/store/store.ts';
import { belongingsOf, rowsOfFiles } from './belongings.ts';
import type { Entry } from './catalog/entry.ts';
import { sizeOfFile } from './files.ts';
import type { Header } from './header/header.ts';
import { isHere, type Model, modelsOf, requireModel } from './local.ts';
import { modelRows } from './rows.ts';
import { headersOf, totalOf } from './total.ts';
import type { fileSchema, headerSchema, ModelRow, VerificationRow } from './types.ts';
import { verificationsOf } from './verifications.ts';
import { isFarFrom, parametersIn } from './words.ts';

export interface Info {
  model: ModelRow;
  url: string | null;
  header: z.infer<typeof headerSchema> | null;
  /** What the file says otherwise than the catalog. */
  differences: string[];
  files: z.infer<typeof fileSchema>[];
  total: number;
  config: Record<string, unknown> | null;
  verifications: VerificationRow[];
}

export async function readInfo({ id }: { id: string }, context: Context): Promise<Info> {
  const model = requireModel(id, context);
  const [row] = modelRows([model], context);
  const { entry, directory, weights } = model;
  const { files, size } = belongingsOf(model, modelsOf(context));
  const header = totalOf(headersOf(model, context));
  return {
    model: row as ModelRow,
    url: entry?.repo === undefined ? null : `https://huggingface.co/${entry.repo}`,
    header: header && shown(header),
    differences: entry && header ? differencesOf(entry, header, model) : [],
    files: directory === null ? [] : rowsOfFiles(files, directory),
    total: size,
    config: directory === null || !isHere(model) ? null : configIn(directory),
    verifications: weights.flatMap((path) =>
      verificationsOf(context.use(store), path).map(({ path: _, model: __, mtime: ___, ...told }) => ({
        ...told,
        file: basename(path),
      })),
    ),
  };
}

function shown({ least: _, ...header }: Header): z.infer<typeof headerSchema> {
  return header;
}

function differencesOf(entry: Entry, header: Header, { weights }: Model): string[] {
  const size = weights.reduce((sum, file) => sum + (sizeOfFile(file) ?? 0), 0);
  const claimed = parametersIn(entry.params);
  const told: string[] = [];
  if (isFarFrom(size, entry.sizeBytes)) {
    told.push(`it has ${bytes(size)}, and the catalog says ${bytes(entry.sizeBytes)}`);
  }
  // People round up and down, and leave out embeddings.
  if (claimed !== undefined && (header.parameters > 1.6 * claimed || header.parameters < claimed / 1.6)) {
    told.push(`it has ${header.parameters} parameters, and the catalog says ${entry.params}`);
  }
  const named = quantisationIn(entry.file);
  if (named !== undefined && header.quantisation !== null && named !== header.quantisation) {
    told.push(`it is in ${header.quantisation}, and its name says ${named}`);
  }
  return told;
}

function quantisationIn(file: string): string | undefined {
  const [, name] = /[.-](q\d_k_[sml]|q\d_[01k]|f16|fp16|f32|fp32|bf16)\.gguf$/i.exec(file) ?? [];
  return name?.toUpperCase().replace(/^FP/, 'F');
}

function configIn(directory: string): Record<string, unknown> | null {
  try {
    const config: unknown = JSON.parse(readFileSync(join(directory, 'config.json'), 'utf8'));
    return isRecord(config) ? config : null;
  } catch {
    return null;
  }
}
