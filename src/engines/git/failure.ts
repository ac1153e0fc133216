import { stripVTControlCharacters } from 'node:util';
import type { GantryError } from '#engines/core/errors.ts';
import { quote } from '#engines/core/shell.ts';
import { visible } from '#engines/core/visible.ts';
import { gitError } from './errors.ts';

export interface FailedGit {
  argv: string[];
  cwd: string;
  exitCode: number;
  stderr: string;
}

type Code = Parameters<typeof gitError>[0];

interface Explanation {
  pattern: RegExp;
  code: Code;
  next: (failed: FailedGit) => string[];
}

/**
 * The first that matches wins: ssh says the cause, and git adds its own general words after it. A remote that rejects has
 * answered, so what it says in its own lines is no trouble of this machine.
 */
const EXPLANATIONS: Explanation[] = [
  {
    pattern: /^ ! \[remote rejected\]/m,
    code: 'push-declined',
    next: ({ cwd }) => [`git -C ${quote(cwd)} push`],
  },
  {
    pattern: /^ ! \[rejected\].*\((fetch first|non-fast-forward|stale info|needs force)\)/m,
    code: 'push-rejected',
    next: () => ['gantry repo pull'],
  },
  {
    pattern: /No space left on device|Disk quota exceeded/i,
    code: 'disk-full',
    next: ({ cwd }) => [`df -h ${quote(cwd)}`],
  },
  {
    pattern: /detected dubious ownership in repository/,
    code: 'git-ownership',
    next: ({ cwd }) => [`ls -ld ${quote(cwd)}`, `git config --global --add safe.directory ${quote(cwd)}`],
  },
  { pattern: /Host key verification failed/i, code: 'remote-host-key', next: remoteCheck },
  {
    pattern:
      /Authentication failed|could not read (Username|Password)|Permission denied \(|terminal prompts disabled|returned error: 40[13]\b|Invalid username or/i,
    code: 'remote-auth',
    next: remoteCheck,
  },
  {
    pattern:
      /Repository not found|does not appear to be a git repository|repository '.*' (not found|does not exist)|returned error: 404\b/i,
    code: 'remote-not-found',
    next: (failed) => (clonedUrl(failed) ? remoteCheck(failed) : [`git -C ${quote(failed.cwd)} remote -v`]),
  },
  {
    pattern:
      /Could not resolve (host|proxy)|Connection (refused|reset|timed out|closed)|Operation timed out|Network is unreachable|No route to host|Failed to connect|unable to access|Could not read from remote repository|remote end hung up|early EOF/i,
    code: 'remote-unreachable',
    next: remoteCheck,
  },
  {
    pattern:
      /would be overwritten by|cannot .*: (You have unstaged|Your index contains uncommitted)|not uptodate/i,
    code: 'changes-in-the-way',
    next: ({ cwd }) => [`git -C ${quote(cwd)} status`, `git -C ${quote(cwd)} stash push -u`],
  },
  {
    pattern: /not a git repository/i,
    code: 'not-a-repo',
    next: ({ cwd }) => [`ls -la ${quote(cwd)}`],
  },
];

/** A git that failed, as an error with a catalogued code; git's own words are in it. */
export function failedGit(failed: FailedGit): GantryError {
  const explanation = EXPLANATIONS.find(({ pattern }) => pattern.test(failed.stderr));
  const { argv, cwd, exitCode, stderr } = failed;
  return gitError(explanation?.code ?? 'git-failed', essence(failed), {
    next: explanation?.next(failed) ?? [
      [...argv.slice(0, 1), '-C', quote(cwd), ...argv.slice(1).map(quote)].join(' '),
    ],
    details: { argv, cwd, exitCode, stderr: stderr.slice(-4000) },
  });
}

/** What the remote says where it rejects, else the line in which git says why, else the last one. */
function essence({ argv, exitCode, stderr }: FailedGit): string {
  const lines = stderr
    .split(/[\r\n]+/)
    .map(cleaned)
    .filter(Boolean);
  const rejections = lines.filter((line) => line.startsWith('! ['));
  if (rejections.length > 0)
    return `git: ${[...rejections, ...lines.filter(isSaid)].slice(0, 12).join('; ')}`;
  const telling = lines.find((line) => /^(fatal|error): /.test(line)) ?? lines.at(-1);
  return (
    telling?.replace(/^(fatal|error): /, 'git: ') ??
    `git ${subcommand(argv)} ended with exit code ${exitCode}.`
  );
}

/** One line without what would colour or move anything on a terminal. */
function cleaned(line: string): string {
  return visible(stripVTControlCharacters(line).replace(/\s+/g, ' ').trim());
}

/** Said by a rule or hook of the remote, not the progress of its work. */
function isSaid(line: string): boolean {
  return /^remote: \S/.test(line) && !/^remote: [\w ]+: +\d+%/.test(line);
}

function subcommand(argv: string[]): string {
  return argv.slice(1).find((word, index, words) => !word.startsWith('-') && words[index - 1] !== '-c') ?? '';
}

/** A clone that failed has left no repository that could be asked. */
function remoteCheck(failed: FailedGit): string[] {
  const url = clonedUrl(failed);
  if (url !== undefined) return [`git ls-remote --heads -- ${quote(url)}`];
  return [`git -C ${quote(failed.cwd)} ls-remote --heads`];
}

function clonedUrl({ argv }: FailedGit): string | undefined {
  return subcommand(argv) === 'clone' ? argv[argv.indexOf('--') + 1] : undefined;
}
