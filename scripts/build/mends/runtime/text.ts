// Latin, Greek, Cyrillic, arrows, box drawing, Braille, Powerline: one column each, and never joined to a neighbour.
const narrow =
  '\\x20-\\x7E\\xA0-\\xAC\\xAE-\\u02FF\\u0370-\\u0482\\u048A-\\u052F\\u2010-\\u2027\\u2030-\\u205E\\u20A0-\\u20BF' +
  '\\u2190-\\u2319\\u2500-\\u25FC\\u270C-\\u2727\\u2758-\\u2794\\u2800-\\u28FF\\uE0A0-\\uE0FF';

// A carriage return is left out, because it joins a line feed.
const control = '\\0-\\f\\x0E-\\x1F';

const notNarrow = new RegExp(`[^${narrow}]`);
const mayJoin = new RegExp(`[^${narrow}${control}]`);

// True only for text that takes exactly `text.length` columns.
export function isNarrow(text: string): boolean {
  return !notNarrow.test(text);
}

// Grapheme segmentation that constructs Intl.Segmenter, 10 ms, at the first text in which characters may join.
export function lazySegmenter(): Pick<Intl.Segmenter, 'segment'> {
  let segmenter: Intl.Segmenter | undefined;
  return {
    segment(text) {
      if (!mayJoin.test(text)) return separateCharacters(text);
      segmenter ??= new Intl.Segmenter();
      return segmenter.segment(text);
    },
  };
}

// A pattern that is compiled at its first use.
export function lazyPattern(compile: () => RegExp): Pick<RegExp, 'exec' | 'test'> {
  let pattern: RegExp | undefined;
  const compiled = () => {
    pattern ??= compile();
    return pattern;
  };
  return { exec: (text) => compiled().exec(text), test: (text) => compiled().test(text) };
}

function separateCharacters(text: string): Intl.Segments {
  const at = (index: number): Intl.SegmentData => ({ segment: text.charAt(index), index, input: text });
  return {
    containing: (index = 0) => (index >= 0 && index < text.length ? at(index) : undefined),
    *[Symbol.iterator]() {
      for (let index = 0; index < text.length; index++) yield at(index);
    },
  } as Intl.Segments;
}
