import { span } from '#panes/kit/line.ts';
import { plain } from '#panes/kit/plain.ts';
import { NO_LOGS } from './logs/logs.ts';
import type { Viewer } from './overlay.ts';
import type { State } from './state.ts';

/** The screen before anything is known: what the skeleton shows. */
export function initialState({ cols, rows, now, directory, focus, problems }: Beginning): State {
  return {
    cols,
    rows,
    now,
    scope: { kind: 'workspace', root: directory, name: '' },
    connection: { kind: 'connecting' },
    panes: {},
    focus,
    zoomed: false,
    detail: { hasKeys: false, full: false, sections: {}, top: 0, left: 0, search: '' },
    pressed: [],
    overlays: problems.length > 0 ? [problemViewer(problems)] : [],
    jobs: [],
    serial: 0,
    log: { shown: false, lines: [] },
    logs: NO_LOGS,
    recent: [],
    values: {},
    trail: { back: [], forward: [] },
  };
}

interface Beginning {
  cols: number;
  rows: number;
  now: number;
  directory: string;
  focus: string;
  /** What is wrong in the person's own files. */
  problems: readonly string[];
}

function problemViewer(problems: readonly string[]): Viewer {
  const lines = problems.map((problem) => [span(plain(problem))]);
  const rest = [span('Everything else in it holds.', 'quiet')];
  return { kind: 'viewer', title: 'keymap.toml', lines: [...lines, [], rest], top: 0, tone: 'bad' };
}
