/** What one `git status --porcelain=v2 -z --branch --show-stash` tells. */
export interface GitStatus {
  /** Null where HEAD is detached. */
  branch: string | null;
  /** Null before the first commit. */
  head: string | null;
  upstream: string | null;
  /** The upstream is configured and its branch no longer exists. */
  upstreamGone: boolean;
  ahead: number;
  behind: number;
  staged: number;
  changed: number;
  untracked: number;
  conflicted: number;
  stashes: number;
  /** Submodules that are at another commit than recorded, and that have changes of their own. */
  submodules: { moved: number; dirty: number };
}

/** A changed path as `git status --porcelain=v2 -z` lists it. */
export interface ChangedFile {
  path: string;
  /** Where it was before, of a rename or copy. */
  from?: string;
  /** Letters of `git status --short`; a dot where there is no change. */
  index: string;
  worktree: string;
  kind: 'changed' | 'conflicted' | 'untracked';
  submodule?: { moved: boolean; changed: boolean; untracked: boolean };
}

export const STATUS_ARGS = ['status', '--porcelain=v2', '-z', '--branch', '--show-stash'] as const;

/** Cheap enough for a repository that is too slow otherwise: tracked files only, and no look into submodules. */
export const QUICK_STATUS_ARGS = [...STATUS_ARGS, '-uno', '--ignore-submodules=all'] as const;

/** Counts without building anything per file: this runs for every repo of a big workspace. */
export function parseStatus(output: string): GitStatus {
  const status = blankStatus();
  let abSeen = false;
  eachRecord(output, (record) => {
    switch (record[0]) {
      case '#':
        abSeen = takeHeader(status, record) || abSeen;
        break;
      case '1':
      case '2':
        if (record[2] !== '.') status.staged += 1;
        if (record[3] !== '.') status.changed += 1;
        if (record[5] === 'S') takeSubmodule(status, record);
        break;
      case 'u':
        status.conflicted += 1;
        break;
      case '?':
        status.untracked += 1;
        break;
    }
  });
  status.upstreamGone = status.upstream !== null && status.head !== null && !abSeen;
  return status;
}

/** The files themselves, in git's order. */
export function parseChanges(output: string): ChangedFile[] {
  const files: ChangedFile[] = [];
  eachRecord(output, (record, from) => {
    const file = changedFile(record, from);
    if (file) files.push(file);
  });
  return files;
}

/** Calls back per NUL-terminated record; a rename brings its second path along. */
function eachRecord(output: string, take: (record: string, from?: string) => void): void {
  for (let start = 0; start < output.length; ) {
    const end = endOf(output, start);
    const record = output.slice(start, end);
    start = end + 1;
    if (record[0] !== '2') {
      take(record);
      continue;
    }
    const fromEnd = endOf(output, start);
    take(record, output.slice(start, fromEnd));
    start = fromEnd + 1;
  }
}

function endOf(output: string, start: number): number {
  const end = output.indexOf('\0', start);
  return end === -1 ? output.length : end;
}

/** True where it was the header that compares with the upstream. */
function takeHeader(status: GitStatus, record: string): boolean {
  const [, key, ...rest] = record.split(' ');
  const value = rest.join(' ');
  switch (key) {
    case 'branch.oid':
      status.head = value === '(initial)' ? null : value;
      break;
    case 'branch.head':
      status.branch = value === '(detached)' ? null : value;
      break;
    case 'branch.upstream':
      status.upstream = value;
      break;
    case 'branch.ab':
      status.ahead = Number(rest[0]);
      status.behind = -Number(rest[1]) || 0;
      return true;
    case 'stash':
      status.stashes = Number(value);
      break;
  }
  return false;
}

function takeSubmodule(status: GitStatus, record: string): void {
  if (record[6] === 'C') status.submodules.moved += 1;
  if (record[7] === 'M' || record[8] === 'U') status.submodules.dirty += 1;
}

/** Fields before the path: `1 XY sub mH mI mW hH hI path`, `2` with a score, `u` with a third mode and id. */
const FIELDS_BEFORE_PATH: Record<string, number> = { '1': 8, '2': 9, u: 10 };

function changedFile(record: string, from?: string): ChangedFile | undefined {
  const type = record[0] as string;
  if (type === '?') return { path: record.slice(2), index: '?', worktree: '?', kind: 'untracked' };
  const fields = FIELDS_BEFORE_PATH[type];
  if (fields === undefined) return undefined;
  return {
    path: afterFields(record, fields),
    ...(from === undefined ? {} : { from }),
    index: record[2] as string,
    worktree: record[3] as string,
    kind: type === 'u' ? 'conflicted' : 'changed',
    ...(record[5] === 'S'
      ? { submodule: { moved: record[6] === 'C', changed: record[7] === 'M', untracked: record[8] === 'U' } }
      : {}),
  };
}

function afterFields(record: string, fields: number): string {
  let start = 0;
  for (let field = 0; field < fields; field += 1) start = record.indexOf(' ', start) + 1;
  return record.slice(start);
}

/** Nothing has been counted yet. */
function blankStatus(): GitStatus {
  return {
    branch: null,
    head: null,
    upstream: null,
    upstreamGone: false,
    ahead: 0,
    behind: 0,
    staged: 0,
    changed: 0,
    untracked: 0,
    conflicted: 0,
    stashes: 0,
    submodules: { moved: 0, dirty: 0 },
  };
}
