import type { Process } from '#engines/process/types.ts';
import { age } from './age.ts';
import { type Line, span, type Tone } from './line.ts';
import type { Look, Sign } from './look.ts';
import { plain } from './plain.ts';

export type State = Process['phase'] | 'degraded';

const SIGNS: Partial<Record<State, Sign>> = {
  running: 'clean',
  failed: 'failed',
  'crash-loop': 'failed',
  unhealthy: 'conflict',
  degraded: 'conflict',
  stopped: 'missing',
  exited: 'missing',
};

const TONES: Partial<Record<State, Tone>> = {
  running: 'good',
  failed: 'bad',
  'crash-loop': 'bad',
  unhealthy: 'bad',
  degraded: 'warning',
  backoff: 'warning',
  stopped: 'quiet',
  exited: 'quiet',
};

const TROUBLED: ReadonlySet<State> = new Set(['failed', 'crash-loop', 'unhealthy', 'degraded']);

/** States that nothing but a person gets out of, or that only a person understands. */
export function isTroubled(state: State): boolean {
  return TROUBLED.has(state);
}

/** States in which nothing of it runs and nothing will by itself. */
export function isAtRest({ state }: { state: State }): boolean {
  return state === 'stopped' || state === 'exited' || state === 'failed';
}

export function stateTone(state: State): Tone {
  return TONES[state] ?? 'name';
}

export function stateSign(state: State, look: Look): Line {
  return [span(look.sign(SIGNS[state] ?? 'running'), stateTone(state))];
}

/** Where it is and, where it is not well, why. */
export function stateLine(state: State, why: string | null): Line {
  const said = span(state, stateTone(state));
  return why === null || state === 'running' ? [said] : [said, span(` ${plain(why)}`, 'quiet')];
}

/** Megabytes, whole: a figure that rarely changes. */
export function memoryLine(bytes: number | null): Line {
  return bytes === null ? [] : [span(`${Math.round(bytes / 1_000_000)}M`, 'quiet')];
}

export function cpuLine(share: number | null): Line {
  return share === null ? [] : [span(`${Math.round(share)}%`, share >= 90 ? 'warning' : 'quiet')];
}

export function sinceLine(moment: number | null, look: Look): Line {
  return moment === null ? [] : [span(age(look.now - moment), 'quiet')];
}

export function restartsLine(count: number): Line {
  return count === 0 ? [] : [span(String(count), 'warning')];
}

export function numberLine(value: number | null): Line {
  return value === null ? [] : [span(String(value))];
}

/** How a run ended. */
export function exitWords(exit: Process['exit']): string {
  if (exit === null) return 'ended';
  if ('code' in exit) return `exit code ${exit.code}`;
  if ('signal' in exit) return exit.signal;
  return 'error' in exit ? plain(exit.error) : 'an exit code that nobody saw';
}
