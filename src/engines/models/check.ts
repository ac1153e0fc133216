import { bytes } from '#engines/core/bytes.ts';
import type { Context } from '#engines/core/context.ts';
import { type Failure, failureOf } from '#engines/core/errors.ts';
import { quote } from '#engines/core/shell.ts';
import type { Asking } from '#engines/download/hub/ask.ts';
import { fileOf } from '#engines/download/hub/file.ts';
import { hubOf } from '#engines/download/hub/hub.ts';
import { filesOf } from '#engines/download/hub/tree.ts';
import { openLine } from '#engines/download/line.ts';
import type { Entry } from './catalog/entry.ts';
import { findEntry, readCatalog } from './catalog/read.ts';
import { noInputs } from './convert/inputs.ts';
import { modelsError } from './errors.ts';
import { shardsOf } from './files.ts';
import type { CheckRow } from './types.ts';
import { isFarFrom } from './words.ts';

/** Asks the hub about entries, all at once; what one of them may not answer says nothing of the others. */
export async function readCheck(
  { ids }: { ids: string[] },
  context: Context,
): Promise<{ models: CheckRow[] }> {
  const entries = ids.length === 0 ? readCatalog(context) : ids.map((id) => findEntry(id, context));
  const line = openLine(context.env);
  try {
    const asking: Asking = { hub: hubOf(context), line, signal: context.signal };
    return { models: await Promise.all(entries.map((entry) => checked(entry, asking))) };
  } finally {
    line.close();
  }
}

/** What is promised of an entry: bytes, and a SHA-256 where there is one. */
interface Promised {
  size: number;
  sha256: string | null;
}

async function checked(entry: Entry, asking: Asking): Promise<CheckRow> {
  const { id, repo, file, doubt } = entry;
  const row = { id, repo: repo ?? null, file, doubt: doubt ?? null, next: [] };
  const nothing = { size: null, sha256: null };
  if (repo === undefined) return { ...row, ...nothing, verdict: 'local', why: 'no hub has it' };
  try {
    const promised = await promisedOf({ ...entry, repo }, asking);
    return { ...row, ...promised, ...judged(entry, promised) };
  } catch (thrown) {
    asking.signal.throwIfAborted();
    const { exit, message, next = [] } = failureOf(thrown);
    const verdict = exit === 'network' ? 'unknown' : exit === 'denied' ? 'gated' : 'missing';
    return { ...row, ...nothing, verdict, why: message, next };
  }
}

/** Of what is converted, the files that it is made from. */
async function promisedOf(entry: Entry & { repo: string }, asking: Asking): Promise<Promised> {
  const { repo, revision = 'main' } = entry;
  if (!entry.requiresConversion) {
    const files = await Promise.all(
      shardsOf(entry.file).map((file) => fileOf({ repo, revision, file }, asking)),
    );
    const size = files.reduce((sum, one) => sum + one.size, 0);
    const tag = files.length === 1 ? (files[0]?.etag ?? '') : '';
    return { size, sha256: /^[0-9a-f]{64}$/.test(tag) ? tag : null };
  }
  const inputs = (await filesOf({ repo, revision }, asking)).filter(({ file }) => INPUT.test(file));
  if (inputs.length > 0) return { size: inputs.reduce((sum, one) => sum + one.size, 0), sha256: null };
  throw noInputs(entry.id, repo);
}

const INPUT = /^[^/]+\.(safetensors|bin|pth?)$/;

/** Sizes are nominal: one that is far off is told, and is no fault. */
function judged(entry: Entry, { size, sha256 }: Promised): Pick<CheckRow, 'verdict' | 'why'> {
  if (entry.sha256 !== undefined && sha256 !== null && entry.sha256 !== sha256) {
    const why = `the hub has SHA-256 ${sha256}, and the catalog says ${entry.sha256}`;
    return { verdict: 'differs', why };
  }
  const isNear = entry.requiresConversion || !isFarFrom(size, entry.sizeBytes);
  const why = `the hub has ${bytes(size)}, and the catalog says ${bytes(entry.sizeBytes)}`;
  return { verdict: 'listed', why: isNear ? null : why };
}

/** What the catalog says of the hub is wrong, or nobody could tell. */
export function verdictOf({ models }: { models: CheckRow[] }): Failure | undefined {
  const wrong = models.filter(({ verdict }) => verdict === 'missing' || verdict === 'differs');
  const [first] = wrong;
  if (first) {
    return modelsError('catalog-wrong', `${sentence(wrong)}: ${withoutStop(first.why ?? '')}.`, {
      next: [...first.next, `gantry models info ${quote(first.id)}`],
      details: { models: wrong.map(({ id }) => id) },
    }).failure;
  }
  const unknown = models.find(({ verdict }) => verdict === 'unknown');
  return (
    unknown &&
    modelsError('catalog-unchecked', `${unknown.id}: ${withoutStop(unknown.why ?? '')}.`, {
      next: [...unknown.next, 'gantry models check'],
    }).failure
  );
}

function sentence(wrong: readonly CheckRow[]): string {
  const ids = wrong.map(({ id }) => id);
  return ids.length === 1
    ? `${ids[0]} is not as its catalog says`
    : `${ids.join(', ')} are not as their catalogs say`;
}

function withoutStop(text: string): string {
  return text.replace(/\.$/, '');
}
