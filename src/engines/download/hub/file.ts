import { downloadError } from '../errors.ts';
import { type FilePlace, fileAddress, isFilePath, isRepo } from './address.ts';
import { type Asking, askHub } from './ask.ts';

/** What the hub promises of one file at this moment. */
export interface HubFile extends FilePlace {
  /** Of the revision; null where a mirror does not tell. */
  commit: string | null;
  /** Bytes. */
  size: number;
  /** The SHA-256 of its bytes where they are in large file storage, else their git blob id; or what a mirror made up. */
  etag: string;
}

/** Asks the hub for one file; none of its bytes are sent. Throws what the hub answers. */
export async function fileOf(place: FilePlace, asking: Asking): Promise<HubFile> {
  requirePlace(place);
  const url = fileAddress(asking.hub.endpoint, place);
  const answer = await askHub({ url, method: 'HEAD', subject: place }, asking);
  answer.resume();
  const { headers } = answer;
  const etag = bare(headers['x-linked-etag'] ?? headers.etag);
  const size = Number(headers['x-linked-size'] ?? headers['content-length'] ?? Number.NaN);
  if (etag === '' || !Number.isSafeInteger(size)) {
    throw downloadError('hub-strange', `${url.origin} does not tell how large ${place.file} is.`, {
      details: { status: answer.statusCode ?? 0 },
    });
  }
  const commit = headers['x-repo-commit'];
  return { ...place, commit: typeof commit === 'string' ? commit : null, size, etag };
}

/** An entity tag without its quotes and the mark of a weak one. */
export function bare(etag: string | string[] | undefined): string {
  return String(etag ?? '')
    .replace(/^W\//, '')
    .replace(/^"|"$/g, '');
}

/** Throws `file-invalid`. */
export function requirePlace({ repo, file }: Pick<FilePlace, 'repo' | 'file'>): void {
  if (isRepo(repo) && isFilePath(file)) return;
  throw downloadError('file-invalid', `${JSON.stringify(`${repo}/${file}`)} is no file of a repository.`, {
    next: ['gantry models catalog'],
  });
}
