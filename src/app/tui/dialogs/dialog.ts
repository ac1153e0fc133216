import type { Place } from '#keymaps/entry.ts';
import type { Line } from '#panes/kit/line.ts';
import type { Look } from '#panes/kit/look.ts';
import type { Field } from '../state/field.ts';
import type { Overlay } from '../state/overlay.ts';
import type { State, Turn } from '../state/state.ts';
import type { World } from '../state/world.ts';

export interface Drawn {
  title: string;
  /** Cells inside the frame that it would like; it gets what there is. */
  width: number;
  /** At the top, always shown. */
  head?: Line[];
  lines: readonly Line[];
  /** First shown line. */
  top?: number;
  /** Below the lines, always shown. */
  foot?: Line[];
  /** A dialog that warns has another frame. */
  warns?: boolean;
}

export interface Room {
  /** Cells inside the widest frame. */
  width: number;
  /** Lines inside the highest frame. */
  height: number;
  look: Look;
}

/** How one kind of overlay takes keys and looks. */
export interface Dialog<O extends Overlay> {
  places(overlay: O): readonly Place[];
  /** What an id of the keymap does here. */
  act(id: string, overlay: O, state: State, world: World): State | Turn;
  /** The text that is being typed, where there is one. */
  field?(overlay: O): Field | undefined;
  typed?(overlay: O, field: Field, state: State, world: World): State | Turn;
  draw(overlay: O, state: State, world: World, room: Room): Drawn;
}

/** The state with its topmost overlay changed. */
export function replaceTop(state: State, overlay: Overlay): State {
  return { ...state, overlays: [...state.overlays.slice(0, -1), overlay] };
}

/** The state without its topmost overlay. */
export function closeTop(state: State): State {
  return { ...state, overlays: state.overlays.slice(0, -1) };
}

export function open(state: State, overlay: Overlay): State {
  return { ...state, overlays: [...state.overlays, overlay] };
}
