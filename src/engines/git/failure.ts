import type { GantryError } from '#engines/core/errors.ts';
import { quote } from '#engines/core/shell.ts';
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

/** The first that matches wins: ssh says the cause, and git adds its own general words after it. */
const EXPLANATIONS: Explanation[] = [
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
    next: ({ cwd }) => [`git -C ${quote(cwd)} remote -v`],
  },
  {
    pattern:
      /Could not resolve (host|proxy)|Connection (refused|reset|timed out|closed)|Operation timed out|Network is unreachable|No route to host|Failed to connect|unable to access|Could not read from remote repository|remote end hung up|early EOF/i,
    code: 'remote-unreachable',
    next: remoteCheck,
  },
  {
    pattern: /\[remote rejected\]|pre-receive hook declined|protected branch/i,
    code: 'push-declined',
    next: ({ cwd }) => [`git -C ${quote(cwd)} push`],
  },
  {
    pattern: /\[rejected\]|non-fast-forward|fetch first/i,
    code: 'push-rejected',
    next: () => ['gantry repo pull'],
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

/** The line in which git says why, else the last one. */
function essence({ argv, exitCode, stderr }: FailedGit): string {
  const lines = stderr.split(/[\r\n]+/).filter((line) => line.trim());
  const telling = lines.find((line) => /^(fatal|error): /.test(line)) ?? lines.at(-1);
  return (
    telling?.replace(/^(fatal|error): /, 'git: ') ??
    `git ${subcommand(argv)} ended with exit code ${exitCode}.`
  );
}

function subcommand(argv: string[]): string {
  return argv.slice(1).find((word, index, words) => !word.startsWith('-') && words[index - 1] !== '-c') ?? '';
}

function remoteCheck({ cwd }: FailedGit): string[] {
  return [`git -C ${quote(cwd)} ls-remote --heads`];
}
