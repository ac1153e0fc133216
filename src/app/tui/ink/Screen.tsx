import { Box, Text, useApp } from 'ink';
import { memo, useEffect, useSyncExternalStore } from 'react';

/** A frame: as many lines as the screen has rows, each as wide as it is. */
export interface Frame {
  cols: number;
  lines: readonly string[];
}

/** Frames outside of React; each change of the frame is one render. */
export interface FrameStore {
  subscribe(listener: () => void): () => void;
  frame(): Frame;
}

export type SuspendTerminal = ReturnType<typeof useApp>['suspendTerminal'];

interface ScreenProps {
  store: FrameStore;
  onReady(suspend: SuspendTerminal): void;
}

/** The root is exactly as high as the terminal: a line more would make Ink clear and repaint everything. */
export function Screen({ store, onReady }: ScreenProps) {
  const { cols, lines } = useSyncExternalStore(store.subscribe, store.frame);
  const rows = lines.map((text, row) => ({ row, text }));
  const { suspendTerminal } = useApp();
  useEffect(() => onReady(suspendTerminal), [onReady, suspendTerminal]);
  return (
    <Box flexDirection="column" width={cols} height={lines.length} overflow="hidden">
      {rows.map(({ row, text }) => (
        <Line key={row} text={text} />
      ))}
    </Box>
  );
}

const Line = memo(({ text }: { text: string }) => <Text wrap="truncate">{text}</Text>);
