import * as z from 'zod/mini';
import { command, query, stream } from '#engines/core/action.ts';
import { field, flag, text, texts } from '#engines/core/fields.ts';
import { rowDelta } from '#engines/core/rows.ts';
import { downloadSchema } from '#engines/download/row.ts';

const some = () =>
  texts({
    description: 'Downloads by number, model, or OWNER/NAME/FILE',
    positional: true,
    completes: 'download',
  });

const all = (description: string) => flag({ description, short: 'a' });
const wait = () => flag({ description: 'End when it is whole, and not when it is accepted', short: 'w' });

export const modelsDownload = command({
  id: 'models.download',
  summary: 'Download models of the catalog, or files of a hub; the daemon goes on with them by itself',
  needsWorkspace: false,
  network: true,
  rerun: 'converge',
  input: z.object({
    models: field(z.array(z.string()).check(z.minLength(1)), {
      description: 'Ids of the catalog, or files as OWNER/NAME/FILE',
      positional: true,
      completes: 'model',
    }),
    revision: text({ description: 'Branch, tag or commit; that of the catalog, else main' }),
    force: flag({ description: 'Also what is there, which is replaced once the new one is whole' }),
    wait: wait(),
    using: field(z._default(z.enum(['gantry', 'hf']), 'gantry'), {
      description: 'What downloads them: Gantry itself, or the hf command while this one runs',
    }),
    keepInputs: flag({ description: 'Keep what a model is converted from' }),
  }),
  examples: [
    { title: 'Download a model of the catalog', input: { models: ['tinyllama'] } },
    { title: 'Wait until it is whole', input: { models: ['tinyllama'], wait: true } },
  ],
  plan: async () => (await import('./download.ts')).planDownload,
});

export const modelsPause = command({
  id: 'models.pause',
  summary: 'Have downloads rest; what has come stays',
  needsWorkspace: false,
  rerun: 'converge',
  input: z.object({ downloads: some(), all: all('Every one that is on its way') }),
  examples: [{ title: 'Have the line for something else', input: { all: true } }],
  plan: async () => (await import('./change.ts')).planPause,
});

export const modelsResume = command({
  id: 'models.resume',
  summary: 'Go on with downloads that rest, from where they are',
  needsWorkspace: false,
  network: true,
  rerun: 'converge',
  input: z.object({ downloads: some(), all: all('Every one that rests'), wait: wait() }),
  examples: [{ title: 'Go on with everything', input: { all: true } }],
  plan: async () => (await import('./change.ts')).planResume,
});

export const modelsRetry = command({
  id: 'models.retry',
  summary: 'Go on with downloads that have failed, from where they are',
  needsWorkspace: false,
  network: true,
  rerun: 'converge',
  input: z.object({ downloads: some(), all: all('Every one that has failed'), wait: wait() }),
  examples: [{ title: 'Try everything that failed once more', input: { all: true } }],
  plan: async () => (await import('./change.ts')).planRetry,
});

export const modelsCancel = command({
  id: 'models.cancel',
  summary: 'End downloads; what has come stays, and a later one goes on from there',
  needsWorkspace: false,
  rerun: 'converge',
  input: z.object({ downloads: some(), all: all('Every one that is on its way or rests') }),
  examples: [{ title: 'Be done with everything that comes', input: { all: true } }],
  plan: async () => (await import('./change.ts')).planCancel,
});

export const modelsPrioritise = command({
  id: 'models.prioritise',
  summary: 'Have a download go before all others',
  needsWorkspace: false,
  rerun: 'converge',
  input: z.object({
    download: field(z.string().check(z.minLength(1)), {
      description: 'Download by number, model, or OWNER/NAME/FILE',
      positional: true,
      completes: 'download',
    }),
  }),
  examples: [{ title: 'Have a model first', input: { download: 'tinyllama' } }],
  plan: async () => (await import('./change.ts')).planPrioritise,
});

export const modelsDownloads = query({
  id: 'models.downloads',
  summary: 'List downloads with how far they are, in the order in which they go',
  needsWorkspace: false,
  input: z.object({ all: all('Also those that are over') }),
  output: z.object({ downloads: z.array(downloadSchema) }),
  examples: [{ title: 'See what comes', input: {} }],
  read: async () => (await import('./list.ts')).readDownloadList,
});

export const modelsProgress = stream({
  id: 'models.progress',
  summary: 'Keep the list of downloads up to date',
  needsWorkspace: false,
  input: z.object({}),
  event: rowDelta(downloadSchema),
  shared: true,
  examples: [{ title: 'Watch models come', input: {} }],
  follow: async () => (await import('./progress.ts')).followProgress,
});
