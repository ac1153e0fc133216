import type { State } from '../state.ts';
import type { LogRange } from './logs.ts';
import { changed } from './scroll.ts';
import { NO_LINES } from './window.ts';

/** The fields of the headless form that say which lines are shown. */
export const RANGE = ['since', 'until', 'grep', 'invert', 'level'] as const;

/** Only lines of that range from here on, read anew. */
export function ranged(state: State, input: Record<string, unknown>): State {
  const given = RANGE.filter(
    (name) => input[name] !== undefined && input[name] !== '' && input[name] !== false,
  );
  const range = Object.fromEntries(given.map((name) => [name, input[name]])) as LogRange;
  return changed(state, {
    ...{ range, window: NO_LINES, status: 'reading', isWhole: false, reaches: false, wants: undefined },
    ...{ top: undefined, found: undefined, failure: undefined, missed: { lines: 0, more: false } },
  });
}

/** The range as the headless form is told it. */
export function rangeWords({ since, until, grep, invert, level }: LogRange): string[] {
  return [
    ...(since === undefined ? [] : [`since ${since}`]),
    ...(until === undefined ? [] : [`until ${until}`]),
    ...(grep === undefined ? [] : [`${invert ? 'without' : 'with'} ${grep}`]),
    ...(level === undefined ? [] : [`${level} or worse`]),
  ];
}
