import * as z from 'zod/mini';
import { command, query, stream } from '#engines/core/action.ts';
import { field, flag, text, texts } from '#engines/core/fields.ts';
import { rowDelta } from '#engines/core/rows.ts';
import {
  checkSchema,
  entrySchema,
  fileSchema,
  headerSchema,
  localSchema,
  modelSchema,
  verificationSchema,
} from './types.ts';

export * from './download/actions.ts';

const one = () =>
  field(z.string().check(z.minLength(1)), {
    description: 'Identifier of a model',
    positional: true,
    completes: 'model',
  });

const bytes = (description: string, column?: string) =>
  field(z.number(), { description, unit: 'bytes', ...(column && { column }) });

const directory = () => field(z.string(), { description: 'The model directory' });

export const modelsCatalog = query({
  id: 'models.catalog',
  summary: 'List the models of the catalogs, and which of them are here',
  needsWorkspace: false,
  input: z.object({}),
  output: z.object({ models: z.array(entrySchema) }),
  examples: [{ title: 'See what can be downloaded', input: {} }],
  read: async () => (await import('./list.ts')).readEntries,
});

export const modelsList = query({
  id: 'models.list',
  summary: 'List the models that are on this machine, with their files, whether a catalog has them or not',
  needsWorkspace: false,
  input: z.object({}),
  output: z.object({
    directory: directory(),
    total: bytes('Size of all of them'),
    models: z.array(localSchema),
  }),
  examples: [{ title: 'See which models are here', input: {} }],
  read: async () => (await import('./list.ts')).readList,
});

export const modelsStatus = query({
  id: 'models.status',
  summary: 'Show how every model is, of the catalogs and of this machine',
  needsWorkspace: false,
  input: z.object({}),
  output: z.object({ models: z.array(modelSchema) }),
  examples: [{ title: 'See what is here, what comes, and what is served', input: {} }],
  read: async () => (await import('./status.ts')).readStatus,
});

export const modelsInfo = query({
  id: 'models.info',
  summary:
    'Show all that is known of a model: what its catalog says, its files, and what those say of themselves',
  needsWorkspace: false,
  input: z.object({ id: one() }),
  output: z.object({
    model: modelSchema,
    url: field(z.nullable(z.string()), { description: 'Page of its repository' }),
    header: field(z.nullable(headerSchema), {
      description: "What the header of its file says; null where it isn't here",
    }),
    differences: field(z.array(z.string()), {
      description: 'What the file says otherwise than the catalog',
    }),
    files: z.array(fileSchema),
    total: bytes('Size of all its files'),
    config: field(z.nullable(z.record(z.string(), z.unknown())), {
      description: 'Its config.json, where there is one',
    }),
    verifications: z.array(verificationSchema),
  }),
  examples: [{ title: 'Compare a file with its catalog', input: { id: 'tinyllama' } }],
  read: async () => (await import('./info.ts')).readInfo,
});

export const modelsUsage = query({
  id: 'models.usage',
  summary: 'Show what models take of the disk, the largest first',
  needsWorkspace: false,
  input: z.object({}),
  output: z.object({
    directory: directory(),
    total: bytes('Size of everything in it'),
    other: bytes('What of that belongs to no model'),
    free: bytes('What its file system has to spare'),
    models: z.array(
      z.object({
        id: field(z.string(), { description: 'Identifier', column: 'MODEL' }),
        size: bytes('Size of all its files', 'SIZE'),
        files: field(z.number(), { description: 'How many files it has', column: 'FILES' }),
      }),
    ),
  }),
  examples: [{ title: 'Find out where the disk went', input: {} }],
  read: async () => (await import('./usage.ts')).readUsage,
});

const { file: _, ...looked } = verificationSchema.shape;

export const modelsVerify = command({
  id: 'models.verify',
  summary: 'Look whether the files of models are whole, and have the SHA-256 that they should have',
  needsWorkspace: false,
  rerun: 'converge',
  input: z.object({
    ids: texts({
      description: 'Identifiers of models; those that are here unless told',
      positional: true,
      completes: 'model',
    }),
    quick: flag({ description: 'Only by their sizes and headers', short: 'q' }),
  }),
  output: z.object({
    files: z.array(
      z.object({
        model: field(z.string(), { description: 'Identifier of its model', column: 'MODEL' }),
        path: field(z.string(), { description: 'The file', column: 'FILE' }),
        ...looked,
      }),
    ),
  }),
  examples: [
    { title: 'Look at every model', input: {} },
    { title: 'Look at one, without reading all of it', input: { ids: ['tinyllama'], quick: true } },
  ],
  plan: async () => (await import('./verify.ts')).planVerify,
  conclude: async () => (await import('./verify.ts')).concludeVerify,
});

export const modelsCheck = query({
  id: 'models.check',
  summary: 'Ask the Hub whether it has what the catalogs list',
  needsWorkspace: false,
  network: true,
  input: z.object({
    ids: texts({ description: 'Only these', positional: true, completes: 'model' }),
  }),
  output: z.object({ models: z.array(checkSchema) }),
  examples: [{ title: 'Check a model of the catalog', input: { ids: ['tinyllama'] } }],
  read: async () => (await import('./check.ts')).readCheck,
  verdict: async () => (await import('./check.ts')).verdictOf,
});

export const modelsWatch = stream({
  id: 'models.watch',
  summary: 'Keep the list of models up to date',
  needsWorkspace: false,
  input: z.object({}),
  event: rowDelta(modelSchema),
  shared: true,
  examples: [{ title: 'Watch models come', input: {} }],
  follow: async () => (await import('./watch.ts')).watchModels,
});

const some = () =>
  field(z.array(z.string()).check(z.minLength(1)), {
    description: 'Identifiers of models',
    positional: true,
    completes: 'model',
  });

export const modelsDelete = command({
  id: 'models.delete',
  summary: 'Delete the files of models for good, and none of any other',
  needsWorkspace: false,
  rerun: 'converge',
  effects: ['destructive'],
  input: z.object({ ids: some() }),
  examples: [{ title: 'Make room', input: { ids: ['llama3'] } }],
  plan: async () => (await import('./delete.ts')).planDelete,
});

export const modelsRegister = command({
  id: 'models.register',
  summary: 'Put a model of this machine, or of the Hub, into your own catalog',
  needsWorkspace: false,
  rerun: 'converge',
  input: z.object({
    id: field(z.string().check(z.minLength(1)), { description: 'What it is to be called', positional: true }),
    from: field(z.string().check(z.minLength(1)), {
      description: 'A file, a directory, or a repository of the Hub as OWNER/NAME',
      positional: true,
      completes: 'file',
    }),
    file: text({ description: 'Its file in the repository, or in the directory' }),
    name: text({ description: 'Name for people; what the file calls itself unless told' }),
    revision: text({ description: 'Branch, tag or commit of the repository' }),
    size: field(z.optional(z.int().check(z.minimum(1))), {
      description: 'Nominal size, where it is not on this machine',
      unit: 'bytes',
    }),
    params: text({ description: 'Parameters, such as 1.1B' }),
    description: text({ description: 'What it is good for' }),
    sha256: text({ description: 'SHA-256 that its file should have' }),
    force: flag({ description: 'Also where a catalog has a model of that id' }),
  }),
  examples: [
    {
      title: 'List a file of the Hub',
      input: { id: 'smol', from: 'owner/smol-GGUF', file: 'smol.Q8_0.gguf', size: 145_000_000 },
    },
  ],
  plan: async () => (await import('./register.ts')).planRegister,
});

export const modelsUnregister = command({
  id: 'models.unregister',
  summary: 'Take models out of your own catalog; their files stay',
  needsWorkspace: false,
  rerun: 'converge',
  input: z.object({ ids: some() }),
  examples: [{ title: 'No longer list a model', input: { ids: ['mine'] } }],
  plan: async () => (await import('./register.ts')).planUnregister,
});

export const modelsConvert = command({
  id: 'models.convert',
  summary: "Make a model's file of the PyTorch files of its repository",
  needsWorkspace: false,
  rerun: 'converge',
  input: z.object({
    id: one(),
    keepInputs: flag({ description: 'Keep what it is made from' }),
    force: flag({ description: 'Also where it is made already' }),
  }),
  examples: [
    { title: 'Convert a model, and keep its PyTorch files', input: { id: 'gpt2', keepInputs: true } },
  ],
  plan: async () => (await import('./convert/plan.ts')).planConvert,
});
