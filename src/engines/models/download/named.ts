import type { Context } from '#engines/core/context.ts';
import type { Target } from '#engines/core/plan.ts';
import { downloadError } from '#engines/download/errors.ts';
import { type DownloadRecord, readDownloads } from '#engines/download/records.ts';
import { store } from '#engines/store/store.ts';

/** The newest downloads that are meant: by number, by their model, or by repository and file. Throws `download-unknown`. */
export function downloadsNamed(names: readonly string[], context: Context): DownloadRecord[] {
  const known = readDownloads(context.use(store)).toSorted((a, b) => b.id - a.id);
  const found = names.flatMap((name) => {
    const meant = newest(known.filter((record) => isNamed(record, name)));
    if (meant.length > 0) return meant;
    throw downloadError('download-unknown', `There is no download ${name}.`, {
      next: ['gantry models downloads --all'],
      details: { name },
    });
  });
  return [...new Set(found)];
}

function isNamed({ id, spec: { model, repo, file } }: DownloadRecord, name: string): boolean {
  return String(id) === name || model === name || `${repo}/${file}` === name;
}

/** Of several downloads of one file the last. */
function newest(records: readonly DownloadRecord[]): DownloadRecord[] {
  const files = new Set<string>();
  return records.filter(({ spec: { repo, file, directory } }) => {
    const key = `${directory} ${repo}/${file}`;
    return !files.has(key) && files.add(key);
  });
}

export function downloadTarget({ id, spec }: Pick<DownloadRecord, 'id' | 'spec'>): Target {
  return {
    kind: 'download',
    name: spec.model === null ? `${spec.repo}/${spec.file}` : `${spec.model} ${id}`,
  };
}
