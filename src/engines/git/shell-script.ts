/** Separates the words of a command line; no word of ours has it. */
export const WORD_SEPARATOR = '\x1f';

/** Exit code that a shell reports of a program that SIGTERM ended. */
export const TERMINATED = 128 + 15;

/**
 * What a pooled shell runs. Requests come on stdin, one line each, and are data that is never evaluated:
 *
 * - `w` and words: the arguments of the gits to come; splitting a variable at IFS runs nothing
 * - `p` and a number: as many lines follow, which are one path; git runs there, then a line with the mark and its exit
 *   code ends what it wrote
 * - `f`: all before it is done and written; one byte on descriptor 3 says so
 *
 * SIGTERM to the process group ends the git and not the shell.
 */
export const SHELL_SCRIPT = `
trap : TERM
set -f
mark=$1
IFS=$2
newline='
'
while IFS= read -r request; do
  case $request in
    p*)
      lines=\${request#p}
      IFS= read -r path
      while [ "$lines" -gt 1 ]; do
        IFS= read -r line
        path=$path$newline$line
        lines=$((lines - 1))
      done
      git -C "$path" $words </dev/null 2>/dev/null
      printf '%s %d\\n' "$mark" $?
      ;;
    f) printf . >&3 ;;
    w*) words=\${request#w} ;;
  esac
done
`;
