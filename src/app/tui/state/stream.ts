import { type Line, span } from '#panes/kit/line.ts';
import type { Viewer } from './overlay.ts';
import type { State } from './state.ts';

/** Lines that a viewer keeps of a stream: the latest. */
const LONGEST = 2_000;

/** The viewer of a stream before anything has come. It stays at its end until a person scrolls. */
export function streamViewer(stream: number, title: string): Viewer {
  return {
    kind: 'viewer',
    title,
    lines: [[span('waiting for what comes', 'quiet')]],
    top: Number.POSITIVE_INFINITY,
    left: 0,
    stream: { id: stream, isLive: true, isEmpty: true },
  };
}

/** The stream's viewer, wherever it lies, with what has come since. */
export function withEvents(state: State, stream: number, lines: readonly Line[], isLive: boolean): State {
  const overlays = state.overlays.map((overlay) => {
    if (overlay.kind !== 'viewer' || overlay.stream?.id !== stream) return overlay;
    const before = overlay.stream.isEmpty ? [] : overlay.lines;
    return {
      ...overlay,
      lines: [...before, ...lines].slice(-LONGEST),
      stream: { id: stream, isLive, isEmpty: false },
    };
  });
  return { ...state, overlays };
}
