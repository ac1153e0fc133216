import * as z from 'zod/mini';
import { field } from '#engines/core/fields.ts';
import { STATES } from './states.ts';

/** `verified`: as expected; `whole`: by its header, and nobody knows what to expect; `broken`; `absent`. */
export const VERDICTS = ['verified', 'whole', 'broken', 'absent'] as const;

/** Who says what a file's SHA-256 is: its catalog, the hub when it was downloaded, an earlier look at the same file. */
export const EXPECTATIONS = ['catalog', 'hub', 'earlier'] as const;

export const CHECKSUMS = ['unchecked', 'verified', 'whole', 'broken'] as const;

const bytes = (description: string, column?: string) => ({
  description,
  unit: 'bytes',
  ...(column && { column }),
});

const optional = (description: string, column?: string) =>
  field(z.nullable(z.string()), { description, ...(column && { column }) });

const named = {
  id: field(z.string(), { description: 'Identifier', column: 'MODEL' }),
  state: field(z.enum(STATES), { description: 'How much of it is here', column: 'STATE' }),
};

/** An entry of a catalog as it is shown. */
export const entrySchema = z.object({
  ...named,
  name: field(z.string(), { description: 'Name', column: 'NAME' }),
  params: optional('Parameters', 'PARAMS'),
  sizeBytes: field(z.number(), bytes('Nominal size', 'SIZE')),
  repo: optional('Repository on the Hub; null of what was registered from this machine', 'REPOSITORY'),
  url: optional('Page of that repository'),
  file: field(z.string(), { description: 'Its file in the repository' }),
  revision: optional('Branch, tag or commit; null for that of the repository'),
  path: optional('Where its file is, or would be; null where nothing says where models are'),
  description: optional('What it is good for'),
  verified: field(z.boolean(), {
    description: 'The repository is known to have the file',
    column: 'VERIFIED',
  }),
  doubt: optional('Why it may not have it'),
  sha256: optional('SHA-256 of its file, where the catalog knows it'),
  requiresConversion: field(z.boolean(), { description: "It is made of the repository's PyTorch files" }),
  converter: optional('What makes it'),
  source: field(z.enum(['shipped', 'user', 'workspace']), { description: 'Whose catalog lists it' }),
});

export type EntryRow = z.infer<typeof entrySchema>;

export const fileSchema = z.object({
  file: field(z.string(), { description: 'Path below its directory', column: 'FILE' }),
  size: field(z.number(), bytes('Size', 'SIZE')),
});

/** A model that is on this machine. */
export const localSchema = z.object({
  ...named,
  size: field(z.number(), bytes('Size of all its files', 'SIZE')),
  listed: field(z.boolean(), { description: 'A catalog lists it', column: 'LISTED' }),
  directory: field(z.string(), { description: 'Where its files are', column: 'DIRECTORY' }),
  files: z.array(fileSchema),
});

export type LocalRow = z.infer<typeof localSchema>;

/** What the file's own header says. */
export const headerSchema = z.object({
  format: field(z.enum(['gguf', 'safetensors']), { description: 'Format' }),
  version: field(z.nullable(z.number()), { description: 'Version of the format' }),
  architecture: optional('Architecture'),
  name: optional('What the file calls itself'),
  parameters: field(z.number(), { description: 'Numbers in its tensors' }),
  contextLength: field(z.nullable(z.number()), { description: 'Longest context', unit: 'tokens' }),
  quantisation: optional('What most of its numbers are in'),
  tensors: field(z.number(), { description: 'How many tensors it has' }),
});

export const verificationSchema = z.object({
  file: field(z.string(), { description: 'File', column: 'FILE' }),
  verdict: field(z.enum(VERDICTS), { description: 'What was found', column: 'VERDICT' }),
  why: optional('Why it is not as it should be', 'WHY'),
  size: field(z.number(), bytes('Size', 'SIZE')),
  sha256: optional('SHA-256; null where it was not computed', 'SHA-256'),
  expected: optional('SHA-256 that it should have'),
  expectedBy: field(z.nullable(z.enum(EXPECTATIONS)), { description: 'Who says so', column: 'EXPECTED BY' }),
  at: field(z.number(), { description: 'When', unit: 'milliseconds since the epoch', column: 'WHEN' }),
});

export type VerificationRow = z.infer<typeof verificationSchema>;

/** The transfers that a model comes by. */
export const comingSchema = z.object({
  downloads: field(z.array(z.string()), { description: 'Their numbers' }),
  phase: field(z.enum(['active', 'queued', 'paused', 'failed']), { description: 'What they are at' }),
  received: field(z.number(), bytes('What has come')),
  size: field(z.number(), bytes('What there is')),
  rate: field(z.number(), { description: 'What comes of late', unit: 'bytes per second' }),
  remaining: field(z.nullable(z.number()), { description: 'Until all of it is there', unit: 'milliseconds' }),
  why: optional('Why nothing comes'),
});

export type Coming = z.infer<typeof comingSchema>;

/** A model of the Models pane: of a catalog, of this machine, or both. */
export const modelSchema = z.object({
  ...named,
  name: field(z.string(), { description: 'Name', column: 'NAME' }),
  params: optional('Parameters', 'PARAMS'),
  quantisation: optional('What most of its numbers are in, by its header', 'QUANT'),
  format: optional('gguf or safetensors', 'FORMAT'),
  architecture: optional('Architecture, by its header'),
  contextLength: field(z.nullable(z.number()), {
    description: 'Longest context, by its header',
    unit: 'tokens',
  }),
  size: field(z.number(), bytes('Size on the disk', 'SIZE')),
  expectedSize: field(
    z.nullable(z.number()),
    bytes('Nominal size; null of what no catalog lists', 'EXPECTED'),
  ),
  why: optional('Why it is broken'),
  coming: field(z.nullable(comingSchema), { description: 'Its download, where one is on record' }),
  checksum: field(z.enum(CHECKSUMS), {
    description: 'What the last look at its files found',
    column: 'CHECKSUM',
  }),
  verifiedAt: field(z.nullable(z.number()), {
    description: 'When that was',
    unit: 'milliseconds since the epoch',
  }),
  workers: field(z.array(z.string()), { description: 'Workers that serve it', column: 'WORKERS' }),
  repo: optional('Repository on the Hub'),
  file: optional('Its file'),
  directory: optional('Where its files are, or would be'),
  description: optional('What it is good for'),
  doubt: optional('Why the repository may not have it'),
  requiresConversion: field(z.boolean(), { description: "It is made of the repository's PyTorch files" }),
  source: field(z.nullable(z.enum(['shipped', 'user', 'workspace'])), {
    description: 'Whose catalog lists it; null where none does',
  }),
});

export type ModelRow = z.infer<typeof modelSchema>;

/** `listed`: it is there; `differs`: another file is; `gated`: its owner has to be asked; `local`: no hub has it; `unknown`: the hub did not answer. */
export const CHECKS = ['listed', 'differs', 'missing', 'gated', 'local', 'unknown'] as const;

/** What the hub says of an entry. */
export const checkSchema = z.object({
  id: field(z.string(), { description: 'Identifier', column: 'MODEL' }),
  verdict: field(z.enum(CHECKS), { description: 'What was found', column: 'VERDICT' }),
  size: field(
    z.nullable(z.number()),
    bytes('What the hub has; of what is converted, what it is made from', 'SIZE'),
  ),
  repo: optional('Repository on the Hub', 'REPOSITORY'),
  file: field(z.string(), { description: 'Its file' }),
  sha256: optional('SHA-256 that the hub promises'),
  why: optional('What is otherwise', 'WHY'),
  doubt: optional('Why its catalog doubts it'),
  next: field(z.array(z.string()), { description: 'What to try' }),
});

export type CheckRow = z.infer<typeof checkSchema>;
