/** One commit of a story. */
export interface Commit {
  /** Full name of the branch that it stands on. */
  ref: string;
  /** Commit that a branch begins at; absent where it goes on. */
  from?: string;
  /** The second parent of a merge. */
  merge?: string;
  author: Author;
  message: string;
  /** Text by path. */
  files?: Record<string, string>;
  /** Object id of a submodule's commit by path. */
  links?: Record<string, string>;
}

export type Author = 'ada' | 'mei' | 'priya' | 'tomas';

const AUTHORS: Record<Author, string> = {
  ada: 'Ada Lindqvist <ada@tidewater.example>',
  mei: 'Mei Tanaka <mei@tidewater.example>',
  priya: 'Priya Nair <priya@tidewater.example>',
  tomas: 'Tomás Rivera <tomas@tidewater.example>',
};

/** Each story begins on this morning: 2026-09-14 08:00 UTC, in seconds since the epoch. */
const BEGINNING = 1_789_372_800;
/** Seconds between two commits, so that they spread over hours and days. */
const STEP = 4 * 3600 + 1_260;

/** The commits as `git fast-import` reads them; `at` numbers the first one among all of its repo, for its date. */
export function importStream(commits: readonly Commit[], at = 0): string {
  return commits.map((commit, index) => commitCommand(commit, BEGINNING + (at + index) * STEP)).join('');
}

function commitCommand(
  { ref, from, merge, author, message, files = {}, links = {} }: Commit,
  date: number,
): string {
  return [
    `commit ${ref}\n`,
    `author ${AUTHORS[author]} ${date} +0000\n`,
    `committer ${AUTHORS[author]} ${date} +0000\n`,
    data(`${message}\n`),
    from ? `from ${from}\n` : '',
    merge ? `merge ${merge}\n` : '',
    ...Object.entries(files).map(([path, text]) => `M 100644 inline ${path}\n${data(text)}`),
    ...Object.entries(links).map(([path, oid]) => `M 160000 ${oid} ${path}\n`),
    '\n',
  ].join('');
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}
