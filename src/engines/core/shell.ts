/** A word as a POSIX shell takes it for exactly that word. */
export function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** An argument vector as a line that a POSIX shell would take apart into the same vector. */
export function shellText(argv: readonly string[]): string {
  return argv.map(quote).join(' ');
}
