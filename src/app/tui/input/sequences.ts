/** Final letters of CSI and SS3 sequences. */
const LETTERS: Record<string, string> = {
  A: 'up',
  B: 'down',
  C: 'right',
  D: 'left',
  E: 'begin',
  F: 'end',
  H: 'home',
  M: 'enter',
  P: 'f1',
  Q: 'f2',
  R: 'f3',
  S: 'f4',
  Z: 'shift+tab',
};

/** First numbers of sequences that end with a tilde. */
const NUMBERS: Record<number, string> = {
  1: 'home',
  2: 'insert',
  3: 'delete',
  4: 'end',
  5: 'pageup',
  6: 'pagedown',
  7: 'home',
  8: 'end',
  ...Object.fromEntries(
    [11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24].map((code, index) => [code, `f${index + 1}`]),
  ),
};

/** The key behind a CSI or SS3 sequence without its start: `A`, `1;5C`, `3~`; nothing where no key sends it. */
export function keyOfSequence(sequence: string): string | undefined {
  const match = /^(\d*)(?:;(\d+))?([A-Z~])$/.exec(sequence);
  if (!match) return undefined;
  const [, number, modifier, final] = match;
  const name = final === '~' ? NUMBERS[Number(number)] : LETTERS[final ?? ''];
  return name === undefined ? undefined : prefix(Number(modifier ?? 1)) + name;
}

/** xterm's modifier parameter: one more than a bit each for shift, alt and ctrl. */
function prefix(modifier: number): string {
  const bits = modifier - 1;
  return `${bits & 4 ? 'ctrl+' : ''}${bits & 2 ? 'alt+' : ''}${bits & 1 ? 'shift+' : ''}`;
}
