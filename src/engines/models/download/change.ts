import type { Context } from '#engines/core/context.ts';
import { call } from '#engines/core/operation.ts';
import type { Call, Draft } from '#engines/core/plan.ts';
import { downloadError } from '#engines/download/errors.ts';
import { downloadCancel, downloadPause, downloadRank, downloadResume } from '#engines/download/operations.ts';
import { type DownloadRecord, readDownloads } from '#engines/download/records.ts';
import type { Phase } from '#engines/download/types.ts';
import { store } from '#engines/store/store.ts';
import { downloadsNamed, downloadTarget } from './named.ts';

interface Chosen {
  downloads: string[];
  all: boolean;
}

interface Change {
  /** What it can be done to. */
  from: readonly Phase[];
  call(record: DownloadRecord): Call;
}

export async function planPause(input: Chosen, context: Context): Promise<Draft> {
  return planned(
    input,
    { from: ['queued', 'active'], call: ({ id }) => call(downloadPause, { id }) },
    context,
  );
}

export async function planResume(input: Chosen & { wait: boolean }, context: Context): Promise<Draft> {
  return planned(input, { from: ['paused', 'cancelled', 'failed'], call: resumed(input) }, context);
}

export async function planRetry(input: Chosen & { wait: boolean }, context: Context): Promise<Draft> {
  return planned(input, { from: ['failed'], call: resumed(input) }, context);
}

export async function planCancel(input: Chosen, context: Context): Promise<Draft> {
  const change: Change = {
    from: ['queued', 'active', 'paused', 'failed'],
    call: ({ id }) => call(downloadCancel, { id }),
  };
  return planned(input, change, context);
}

export async function planPrioritise({ download }: { download: string }, context: Context): Promise<Draft> {
  const change: Change = {
    from: ['queued', 'active', 'paused'],
    call: ({ id }) => call(downloadRank, { id, rank: 'first' }),
  };
  return planned({ downloads: [download], all: false }, change, context);
}

function resumed({ wait }: { wait: boolean }): Change['call'] {
  return ({ id }) => call(downloadResume, { id, wait });
}

function planned(input: Chosen, { from, call }: Change, context: Context): Draft {
  const can = ({ state }: DownloadRecord) => from.includes(state.phase);
  const meant = chosen(input, context);
  // What was cancelled or has failed long ago is nobody's `all`.
  const records = input.all ? meant.filter((record) => can(record) && isOfNow(record)) : meant;
  return {
    steps: records.filter(can).map((record) => {
      const target = downloadTarget(record);
      return { id: `${target.name}/1`, target, expects: [], ...call(record) };
    }),
    settled: records
      .filter((record) => !can(record))
      .map((record) => ({ target: downloadTarget(record), reason: `is ${record.state.phase}` })),
  };
}

function isOfNow({ state }: DownloadRecord): boolean {
  return state.phase !== 'cancelled';
}

/** Throws `download-unnamed` unless either some or all are meant. */
function chosen({ downloads, all }: Chosen, context: Context): DownloadRecord[] {
  if (all && downloads.length === 0) return readDownloads(context.use(store));
  if (!all && downloads.length > 0) return downloadsNamed(downloads, context);
  throw downloadError('download-unnamed', all ? 'Both some and all are meant.' : 'Nothing says which.', {
    next: ['gantry models downloads'],
  });
}
