import { bytes } from '#engines/core/bytes.ts';
import type { ModelRow } from '#engines/models/types.ts';
import { type Line, spaced, span, type Tone } from '../kit/line.ts';
import type { Look, Sign } from '../kit/look.ts';
import { plain } from '../kit/plain.ts';
import { progressLine } from '../kit/progress.ts';

const SIGNS: Record<ModelRow['state'], Sign> = {
  absent: 'missing',
  partial: 'changed',
  downloading: 'running',
  converting: 'running',
  downloaded: 'clean',
  broken: 'failed',
};

const TONES: Record<ModelRow['state'], Tone> = {
  absent: 'quiet',
  partial: 'warning',
  downloading: 'name',
  converting: 'name',
  downloaded: 'good',
  broken: 'bad',
};

export function signLine({ state, coming }: ModelRow, look: Look): Line {
  const hasFailed = coming?.phase === 'failed';
  return [span(look.sign(hasFailed ? 'failed' : SIGNS[state]), hasFailed ? 'bad' : TONES[state])];
}

/** How much of it is here; while it comes, how far it is and why it does not. */
export function stateLine({ state, why, coming }: ModelRow, look: Look): Line {
  if (coming) return comingLine(coming, look);
  const said = span(state, TONES[state]);
  return why === null ? [said] : [said, span(` ${plain(why)}`, 'quiet')];
}

function comingLine(coming: NonNullable<ModelRow['coming']>, look: Look): Line {
  const { phase, received, size, rate, remaining, why } = coming;
  const reason = why === null ? false : span(plain(why), phase === 'failed' ? 'bad' : 'warning');
  if (phase === 'failed') return spaced([span('failed', 'bad'), reason]);
  const far = progressLine({ done: received, total: size, rate, remaining }, look, bytes);
  return spaced([phase !== 'active' && span(phase, 'quiet'), ...far, reason]);
}

/** Nothing goes on by itself there. */
export function isTroubled({ state, coming }: ModelRow): boolean {
  return state === 'broken' || coming?.phase === 'failed' || (coming?.why ?? null) !== null;
}
