import type { Ground, Tone } from '#panes/kit/line.ts';
import { type Attributes, rgb } from './attributes.ts';

export interface Colors {
  tones: Record<Tone, Attributes>;
  grounds: Record<Ground, Attributes>;
}

/** NO_COLOR: weight and inversion only. */
const NONE: Colors = {
  tones: {
    text: {},
    strong: { bold: true },
    quiet: { dim: true },
    name: {},
    key: { bold: true },
    good: {},
    warning: { bold: true },
    bad: { bold: true },
    match: { underline: true, bold: true },
    mark: { bold: true },
    frame: { dim: true },
    focus: { bold: true },
  },
  grounds: {
    selected: { inverse: true },
    // The bar before it says enough where the keys are elsewhere.
    resting: {},
    marked: { bold: true },
    cursor: { inverse: true },
    tab: { inverse: true },
  },
};

/** The terminal's own sixteen colours, which its owner has chosen to be readable. */
const ANSI: Colors = {
  tones: {
    ...NONE.tones,
    name: { foreground: '36' },
    key: { foreground: '36', bold: true },
    good: { foreground: '32' },
    warning: { foreground: '33' },
    bad: { foreground: '31', bold: true },
    match: { foreground: '35', bold: true },
    mark: { foreground: '35', bold: true },
    focus: { foreground: '36', bold: true },
  },
  grounds: NONE.grounds,
};

const DARK: Colors = tinted({
  text: '#d5d9e2',
  quiet: '#7d8797',
  name: '#8ab4f8',
  key: '#9ecbff',
  good: '#8fce8f',
  warning: '#e5c07b',
  bad: '#ef7b85',
  match: '#f0a6ff',
  frame: '#465063',
  focus: '#6ca8ff',
  selected: '#2b3a55',
  resting: '#222a38',
  marked: '#2d3142',
});

const LIGHT: Colors = tinted({
  text: '#24292f',
  quiet: '#6b7480',
  name: '#0b57b5',
  key: '#0a4a9c',
  good: '#1f7a37',
  warning: '#8a5a00',
  bad: '#b3202f',
  match: '#8a2be2',
  frame: '#b4bcc8',
  focus: '#1a66d6',
  selected: '#cfe0fb',
  resting: '#e9edf3',
  marked: '#eef0d8',
});

export type Background = 'dark' | 'light';

export interface ColorSupport {
  /** NO_COLOR is set, or the terminal has none. */
  none: boolean;
  /** The terminal says that it has 16 million. */
  truecolor: boolean;
  /** As the terminal told; without an answer its own sixteen colours are the safe choice. */
  background?: Background;
}

export function colorsFor({ none, truecolor, background }: ColorSupport): Colors {
  if (none) return NONE;
  if (!truecolor || !background) return ANSI;
  return background === 'dark' ? DARK : LIGHT;
}

type Tint = Record<Exclude<Tone, 'strong' | 'mark'> | Exclude<Ground, 'cursor' | 'tab'>, string>;

function tinted(tint: Tint): Colors {
  const tone = (name: keyof Tint, more: Attributes = {}): Attributes => ({
    foreground: rgb(tint[name]),
    ...more,
  });
  const ground = (name: keyof Tint): Attributes => ({ background: rgb(tint[name], 'background') });
  return {
    tones: {
      text: {},
      strong: { bold: true },
      quiet: tone('quiet'),
      name: tone('name'),
      key: tone('key', { bold: true }),
      good: tone('good'),
      warning: tone('warning'),
      bad: tone('bad', { bold: true }),
      match: tone('match', { bold: true, underline: true }),
      mark: tone('match', { bold: true }),
      frame: tone('frame'),
      focus: tone('focus', { bold: true }),
    },
    grounds: {
      selected: ground('selected'),
      resting: ground('resting'),
      marked: ground('marked'),
      cursor: { inverse: true },
      tab: ground('selected'),
    },
  };
}
