import type { FlowBranch } from '#engines/flow/types.ts';
import type { Tone } from '../kit/line.ts';
import type { Sign } from '../kit/look.ts';

/** What finishing would come to, in a sign and a few words. */
export function forecastOf({ forecast, conflicts }: FlowBranch): { sign: Sign; tone: Tone; words: string } {
  switch (forecast) {
    case 'clean':
      return { sign: 'clean', tone: 'good', words: 'clean' };
    case 'conflict':
      return {
        sign: 'conflict',
        tone: 'bad',
        words: conflicts.length === 1 ? '1 conflict' : `${conflicts.length || 'some'} conflicts`,
      };
    case 'merged':
      return { sign: 'clean', tone: 'quiet', words: 'nothing new' };
    case 'unknown':
      return { sign: 'reading', tone: 'quiet', words: 'unknown' };
  }
}

/** Rows of the same flow branch, whatever their repos. */
export function flowBranchOf({ kind, name }: FlowBranch): string {
  return `${kind} ${name}`;
}
