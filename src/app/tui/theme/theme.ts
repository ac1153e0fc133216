import type { Line, Span } from '#panes/kit/line.ts';
import type { Look, Sign } from '#panes/kit/look.ts';
import { type Attributes, sgr } from './attributes.ts';
import { type ColorSupport, type Colors, colorsFor } from './colors.ts';
import { FRAMES, type FrameSigns, SIGNS, type Tier } from './signs.ts';

export interface Theme {
  /** The line as one text with its colours, each piece closed. */
  paint(line: Line): string;
  look(now: number): Look;
  frame(focused: boolean): FrameSigns;
}

export interface ThemeOptions extends ColorSupport {
  tier: Tier;
}

const RESET = '\x1b[0m';

export function createTheme({ tier, ...support }: ThemeOptions): Theme {
  const opening = openings(colorsFor(support));
  const signs = SIGNS[tier];
  const frames = FRAMES[tier === 'ascii' ? 'ascii' : 'unicode'];
  const sign = (name: Sign) => signs[name];
  return {
    paint: (line) => paint(line, opening),
    look: (now) => ({ sign, now }),
    frame: (focused) => frames[focused ? 'focused' : 'calm'],
  };
}

function paint(line: Line, opening: (span: Span) => string): string {
  let text = '';
  let open = '';
  for (const span of line) {
    const wanted = opening(span);
    if (wanted !== open) {
      if (open) text += RESET;
      text += wanted;
      open = wanted;
    }
    text += span.text;
  }
  return open ? text + RESET : text;
}

/** The opening sequence of every tone on every ground, made once. */
function openings({ tones, grounds }: Colors): (span: Span) => string {
  const made = new Map<string, string>();
  return ({ tone = 'text', ground }) => {
    const key = `${tone} ${ground ?? ''}`;
    const known = made.get(key);
    if (known !== undefined) return known;
    const opening = sgr(combined(tones[tone], ground && grounds[ground]));
    made.set(key, opening);
    return opening;
  };
}

/** Coloured text on an inverted ground would be a patchwork of grounds: there only the weight stays. */
function combined(tone: Attributes, ground: Attributes | undefined): Attributes {
  if (!ground) return tone;
  if (ground.inverse) return { bold: tone.bold, underline: tone.underline, inverse: true };
  return { ...tone, ...ground, dim: tone.dim };
}
