/** A word as a POSIX shell takes it for exactly that word. */
export function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** An argument vector as a line that a POSIX shell would take apart into the same vector. */
export function shellText(argv: readonly string[]): string {
  return argv.map(quote).join(' ');
}

/** The argument vector that has a POSIX shell run a line. */
export function shellArgv(line: string): string[] {
  return ['/bin/sh', '-c', line];
}

/** One word of a line, without its quotes, and where it stands. */
export interface Word {
  text: string;
  from: number;
  to: number;
}

/** The words of a line, as `shellText` or a person wrote it: quoted parts join what stands beside them. */
export function wordsAt(line: string): Word[] {
  return [...line.matchAll(/(?:"[^"]*"|'[^']*'|\\.|[^\s"'\\])+/g)].map(({ 0: raw, index }) => ({
    text: unquoted(raw),
    from: index,
    to: index + raw.length,
  }));
}

/** The argument vector of which `shellText` made a line. */
export function wordsIn(line: string): string[] {
  return wordsAt(line).map(({ text }) => text);
}

function unquoted(raw: string): string {
  return raw.replaceAll(
    /"([^"]*)"|'([^']*)'|\\(.)/g,
    (_, double, single, escaped) => double ?? single ?? escaped,
  );
}
