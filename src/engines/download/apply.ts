import { rm } from 'node:fs/promises';
import type { Context } from '#engines/core/context.ts';
import { type Failure, GantryError } from '#engines/core/errors.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import { store } from '#engines/store/store.ts';
import { downloadError } from './errors.ts';
import { downloads } from './queue.ts';
import { type DownloadRecord, downloadTo, pathOf, readDownload } from './records.ts';
import { layoutOf } from './transfer/layout.ts';
import { type DownloadSpec, type DownloadState, isOpen } from './types.ts';

type Start = Application<{ spec: DownloadSpec; anew: boolean; wait: boolean }>;
type One = Application<{ id: number }>;
type Resume = Application<{ id: number; wait: boolean }>;
type Rank = Application<{ id: number; rank: number | 'first' }>;

/** Milliseconds between what is told of one that is waited for. */
const TELL_EVERY = 100;

/** One to the same place is on its way: two that are asked for are one. */
export async function checkStart({ args: { spec } }: Start, context: Context): Promise<Applied | undefined> {
  const known = downloadTo(context.use(store), pathOf(spec));
  return known && isOpen(known.state) ? accepted(known) : undefined;
}

export async function applyStart({ args, target }: Start, context: Context): Promise<Applied> {
  const { spec, anew, wait } = args;
  const kept = context.use(downloads);
  const known = downloadTo(context.use(store), pathOf(spec));
  if (anew) await forgetWhole(spec);
  const record = known && isOpen(known.state) ? known : kept.add(spec, context);
  if (known?.id === record.id) kept.resume(record.id, context);
  return wait ? waited(record.id, target.name, context) : accepted(record);
}

/** What the file is known by would make it count as fetched. */
async function forgetWhole(spec: DownloadSpec): Promise<void> {
  await rm(layoutOf(spec).metadata, { force: true });
}

export async function checkPause({ args: { id } }: One, context: Context): Promise<Applied | undefined> {
  return phaseOf(id, context) === 'paused' ? { summary: 'paused' } : undefined;
}

export async function applyPause({ args: { id } }: One, context: Context): Promise<Applied> {
  await context.use(downloads).pause(id);
  return { summary: 'paused' };
}

export async function checkResume({ args }: Resume, context: Context): Promise<Applied | undefined> {
  const phase = phaseOf(args.id, context);
  return !args.wait && (phase === 'active' || phase === 'done') ? { summary: 'goes on' } : undefined;
}

export async function applyResume({ args, target }: Resume, context: Context): Promise<Applied> {
  context.use(downloads).resume(args.id, context);
  return args.wait ? waited(args.id, target.name, context) : { summary: 'goes on', result: { id: args.id } };
}

export async function checkCancel({ args: { id } }: One, context: Context): Promise<Applied | undefined> {
  return phaseOf(id, context) === 'cancelled' ? { summary: 'cancelled' } : undefined;
}

export async function applyCancel({ args: { id } }: One, context: Context): Promise<Applied> {
  await context.use(downloads).cancel(id);
  const isWhole = phaseOf(id, context) === 'done';
  return { summary: isWhole ? 'is whole already, and stays' : 'cancelled' };
}

/** Once more does no harm. */
export async function checkRank(): Promise<undefined> {
  return undefined;
}

export async function applyRank({ args: { id, rank } }: Rank, context: Context): Promise<Applied> {
  const before = readDownload(context.use(store), id)?.rank ?? 0;
  const kept = context.use(downloads);
  if (rank === 'first') await kept.prioritise(id);
  else kept.putBack(id, rank);
  return { summary: rank === 'first' ? 'goes first' : 'is where it was', result: { rank: before } };
}

function accepted({ id, state }: DownloadRecord): Applied {
  return { summary: `download ${id}, ${state.phase}`, result: { id } };
}

async function waited(id: number, target: string, context: Context): Promise<Applied> {
  const kept = context.use(downloads);
  const tell = () => {
    const record = readDownload(context.use(store), id);
    if (!record) return;
    const { received, waiting } = kept.now().get(id) ?? record.state;
    const label = waiting ? `${target}: ${waiting.words}` : target;
    context.report({
      kind: 'progress',
      target,
      label,
      done: received,
      total: record.spec.size,
      unit: 'bytes',
    });
  };
  const timer = setInterval(tell, TELL_EVERY);
  try {
    const state = await kept.settled(id, context.signal);
    tell();
    if (state.phase !== 'done') throw notWhole(id, state);
    return { summary: state.sha256 ? `whole, SHA-256 ${state.sha256}` : 'whole', result: { id } };
  } finally {
    clearInterval(timer);
  }
}

function notWhole(id: number, { phase, failure }: DownloadState): GantryError {
  if (failure) return new GantryError(failure as Failure);
  return downloadError('download-stopped', `Download ${id} was ${phase} meanwhile.`, {
    next: [`gantry models resume ${id}`],
  });
}

function phaseOf(id: number, context: Context): string | undefined {
  return readDownload(context.use(store), id)?.state.phase;
}
