import { range, shown } from '../rows.ts';
import { focusedPane, paneState, withPane } from '../world.ts';
import type { Moves } from './move.ts';

export const MARK: Moves = {
  'mark.toggle': (state, world) => {
    const pane = focusedPane(state, world);
    const { marks, selected } = paneState(state, pane.id);
    if (selected === undefined) return state;
    const toggled = new Set(marks);
    if (!toggled.delete(selected)) toggled.add(selected);
    return withPane(state, pane.id, { marks: toggled });
  },

  // The first begins a range, the second makes marks of it.
  'mark.range': (state, world) => {
    const pane = focusedPane(state, world);
    const own = paneState(state, pane.id);
    if (own.anchor === undefined) return withPane(state, pane.id, { anchor: own.selected });
    const marks = new Set([...own.marks, ...range(own, shown(pane, own).keys)]);
    return withPane(state, pane.id, { marks, anchor: undefined });
  },

  // What belongs together is marked together, whatever was marked before.
  'mark.group': (state, world) => {
    const pane = focusedPane(state, world);
    const own = paneState(state, pane.id);
    const groupOf = (key: string | undefined) =>
      key === undefined || !own.rows.has(key) ? undefined : pane.group?.(own.rows.get(key));
    const group = groupOf(own.selected);
    if (group === undefined) return state;
    const keys = shown(pane, own).keys.filter((key) => groupOf(key) === group);
    const marks = keys.every((key) => own.marks.has(key)) ? [] : keys;
    return withPane(state, pane.id, { marks: new Set(marks), anchor: undefined });
  },

  'mark.all': (state, world) => {
    const pane = focusedPane(state, world);
    const own = paneState(state, pane.id);
    const { keys } = shown(pane, own);
    const marks = keys.every((key) => own.marks.has(key)) ? [] : [...own.marks, ...keys];
    return withPane(state, pane.id, { marks: new Set(marks), anchor: undefined });
  },
};
