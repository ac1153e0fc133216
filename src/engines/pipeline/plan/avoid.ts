/**
 * What of the things to avoid a line has in it, as whole words; case and the width of spaces make no difference. Most
 * authors write sentences there, which stand in no command.
 */
export function avoidedIn(line: string, avoid: readonly string[]): string | undefined {
  const plain = plainOf(line);
  return avoid.find((text) => {
    const words = plainOf(text);
    return words !== '' && new RegExp(`(?<!\\w)${RegExp.escape(words)}(?!\\w)`).test(plain);
  });
}

function plainOf(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ').toLowerCase();
}
