import type { Change } from '#engines/repo/types.ts';
import type { Status } from './git.ts';
import { statusLine } from './submodules.ts';

/** Width of the first column, in characters. */
const HEAD = 12;
/** Characters of a commit. */
const SHORT = 8;

export function statusLines({ detail: { status, changes, commits }, submodules, tools }: Status): string[] {
  const [last] = commits;
  return [
    row('Branch', status.branch ?? 'detached'),
    row('Commit', status.head ? `${status.head.slice(0, SHORT)} ${last?.subject ?? ''}` : 'none yet'),
    row('Upstream', status.upstream ? `${status.upstream}${standing(status)}` : 'none'),
    '',
    changes.length === 0 ? 'No uncommitted changes' : `Uncommitted changes: ${changes.length}`,
    ...changes.map(changeLine),
    '',
    submodules.length === 0 ? 'No submodules' : `Submodules: ${submodules.length}`,
    ...submodules.map(statusLine),
    '',
    'Rust toolchain',
    ...tools.map(({ name, version, problem }) => `  ${row(name, version ?? `absent (${problem})`)}`),
  ];
}

function row(head: string, value: string): string {
  return `${head.padEnd(HEAD)}${value}`.trimEnd();
}

function standing({ ahead, behind }: Status['detail']['status']): string {
  const words = [ahead ? `ahead ${ahead}` : '', behind ? `behind ${behind}` : ''].filter(Boolean);
  return words.length > 0 ? ` (${words.join(', ')})` : '';
}

/** As git writes it: two letters and the path. */
function changeLine({ staged, unstaged, path }: Change): string {
  const letters = unstaged === '?' ? '??' : `${staged}${unstaged}`.replaceAll('.', ' ');
  return `  ${letters} ${path}`;
}
