import type { GantryError } from '#engines/core/errors.ts';
import { quote } from '#engines/core/shell.ts';
import { downloadError } from '../errors.ts';

/** What a download can wait for. */
export const REASONS = ['line', 'server', 'limit', 'disk', 'other'] as const;
export type Reason = (typeof REASONS)[number];

/** What keeps a download from going on, and may pass by itself. */
export class Passing extends Error {
  override readonly name = 'Passing';
  readonly reason: Reason;
  /** Milliseconds that it is known to take. */
  readonly wait: number | undefined;
  constructor(reason: Reason, message: string, wait?: number) {
    super(message);
    this.reason = reason;
    this.wait = wait;
  }
}

const FULL = new Set(['ENOSPC', 'EDQUOT']);
const FORBIDDEN = new Set(['EACCES', 'EPERM', 'EROFS', 'EEXIST', 'ENOTDIR', 'EISDIR', 'ENAMETOOLONG']);

/** What failed while a file was written: a full disk may be given room, what is forbidden stays so. */
export function diskProblem(thrown: unknown, directory: string): Passing | GantryError | undefined {
  const { code = '', syscall = '' } = thrown as NodeJS.ErrnoException;
  if (FULL.has(code)) return new Passing('disk', 'the disk is full');
  if (FORBIDDEN.has(code)) {
    return downloadError('place-unwritable', `${directory} takes no files: ${code}.`, {
      next: [`ls -ld ${quote(directory)}`],
      cause: thrown,
    });
  }
  return code === 'EIO' || syscall === 'write' ? new Passing('disk', `the disk says ${code}`) : undefined;
}

/** What failed on the way of the bytes. */
export function lineProblem(thrown: unknown): Passing | undefined {
  if (thrown instanceof Passing) return thrown;
  if (!(thrown instanceof Error)) return undefined;
  if (thrown.name === 'Silence') return new Passing('server', thrown.message);
  const { code } = thrown as NodeJS.ErrnoException;
  return code === undefined ? undefined : new Passing('line', lineWords(code));
}

function lineWords(code: string): string {
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'the name of the server is not found';
  if (code === 'ECONNREFUSED') return 'nobody listens there';
  if (code === 'ECONNRESET' || code === 'EPIPE') return 'the connection was cut';
  return `the connection failed: ${code}`;
}
