import type { JoinedHealth } from '#engines/process/joined/row.ts';
import { type Line, span, type Tone } from '../kit/line.ts';
import type { Look, Sign } from '../kit/look.ts';

type Standing = JoinedHealth['standing'];

const SIGNS: Record<Standing, Sign> = {
  red: 'failed',
  changing: 'running',
  well: 'clean',
  resting: 'missing',
};

const TONES: Record<Standing, Tone> = { red: 'bad', changing: 'name', well: 'good', resting: 'quiet' };

/** From what needs a person to what rests. */
export const ORDER: readonly Standing[] = ['red', 'changing', 'well', 'resting'];

export function standingSign(standing: Standing, look: Look): Line {
  return [span(look.sign(SIGNS[standing]), TONES[standing])];
}

export function standingLine(standing: Standing): Line {
  return [span(standing, TONES[standing])];
}
