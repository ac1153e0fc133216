import { text } from 'node:stream/consumers';
import * as z from 'zod/mini';
import { downloadError } from '../errors.ts';
import { isFilePath, isRepo } from './address.ts';
import { type Asking, askHub } from './ask.ts';

const entrySchema = z.object({ type: z.string(), path: z.string(), size: z.optional(z.number()) });

/** Pages of a listing; a repository with more files is no model. */
const PAGES = 100;

/** Paths of all files of a repository at a revision, with their bytes. */
export async function filesOf(
  { repo, revision }: { repo: string; revision: string },
  asking: Asking,
): Promise<{ file: string; size: number }[]> {
  if (!isRepo(repo)) throw downloadError('file-invalid', `${JSON.stringify(repo)} is no repository.`);
  const found: { file: string; size: number }[] = [];
  const path = `/api/models/${repo}/tree/${encodeURIComponent(revision)}?recursive=true`;
  let url: URL | null = new URL(`${asking.hub.endpoint}${path}`);
  for (let page = 0; url && page < PAGES; page += 1) {
    const answer = await askHub({ url, subject: { repo, revision } }, asking);
    const entries = entriesIn(await text(answer));
    if (!entries) throw downloadError('hub-strange', `${url.origin} lists ${repo} in no way that is known.`);
    for (const { type, path: file, size = 0 } of entries) {
      if (type === 'file' && isFilePath(file)) found.push({ file, size });
    }
    const next = /<([^>]+)>;\s*rel="next"/.exec(String(answer.headers.link ?? ''))?.[1];
    const following: URL | null = next === undefined ? null : URL.parse(next, url.href);
    url = following?.origin === url.origin ? following : null;
  }
  return found;
}

function entriesIn(listing: string) {
  try {
    return z.safeParse(z.array(entrySchema), JSON.parse(listing)).data;
  } catch {
    return undefined;
  }
}
