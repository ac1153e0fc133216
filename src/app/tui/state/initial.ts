import type { State } from './state.ts';

/** The screen before anything is known: what the skeleton shows. */
export function initialState({ cols, rows, now, directory, focus }: Beginning): State {
  return {
    cols,
    rows,
    now,
    scope: { kind: 'workspace', root: directory, name: '' },
    connection: { kind: 'connecting' },
    panes: {},
    focus,
    zoomed: false,
    detail: { hasKeys: false, sections: {}, top: 0, search: '' },
    pressed: [],
    overlays: [],
    jobs: [],
    serial: 0,
    log: { shown: false, lines: [] },
    recent: [],
    trail: { back: [], forward: [] },
  };
}

interface Beginning {
  cols: number;
  rows: number;
  now: number;
  directory: string;
  focus: string;
}
