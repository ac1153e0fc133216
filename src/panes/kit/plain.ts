import { visible } from '#engines/core/visible.ts';

const ASCII = /^[\x20-\x7e]*$/;

/** Joiners, variation selectors, skin tones, tags and fillers: terminals disagree about the width of what has them. */
const AMBIGUOUS =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: each of them is meant alone
  /[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2064\u206a-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\u{1f3fb}-\u{1f3ff}\u{e0000}-\u{e0fff}]/gu;

/** A mark without a letter would join whatever stands before it: a border, another column. */
const STRAY_MARK = /^\p{Mark}/u;

/** Half of a surrogate pair is no character. */
const LONE_SURROGATE = /\p{Surrogate}/gu;

/**
 * Text from outside as one line that is safe on every terminal: controls become visible signs, and what remains takes
 * the same number of cells everywhere.
 */
export function plain(text: string): string {
  if (ASCII.test(text)) return text;
  const steady = visible(text.replaceAll('\t', '  '))
    .replace(AMBIGUOUS, '')
    .replace(LONE_SURROGATE, '\ufffd');
  return STRAY_MARK.test(steady) ? `\u25cc${steady}` : steady;
}
