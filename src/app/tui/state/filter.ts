/** All words must occur; a word with a capital is taken as it is written, any other in either case. */
export function matcher(filter: string): (text: string) => boolean {
  const words = wordsOf(filter);
  const exact = words.filter(isExact);
  const loose = words.filter((word) => !isExact(word));
  return (text) => {
    const lower = text.toLowerCase();
    return exact.every((word) => text.includes(word)) && loose.every((word) => lower.includes(word));
  };
}

export function wordsOf(filter: string): string[] {
  return filter.split(/\s+/).filter(Boolean);
}

export function isExact(word: string): boolean {
  return word !== word.toLowerCase();
}
