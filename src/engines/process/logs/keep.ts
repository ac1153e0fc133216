import { slots } from '#engines/core/slots.ts';
import { type Kept, keepLog } from './kept.ts';
import type { KeepOptions, LogKeeper } from './types.ts';

/** Logs that are shortened at the same time. */
const AT_ONCE = 4;

/** Keeps logs for as long as it lives; nobody's output depends on that. */
export function keepLogs(options: KeepOptions): LogKeeper {
  const turns = slots(AT_ONCE);
  const logs = new Map<string, Kept>();
  const leaving = new Set<Promise<void>>();

  function leave(dir: string): void {
    const ended = logs.get(dir)?.close();
    logs.delete(dir);
    if (!ended) return;
    leaving.add(ended);
    void ended.then(() => leaving.delete(ended));
  }

  return {
    add(dir, retention) {
      const known = logs.get(dir);
      if (known) known.again(retention);
      else logs.set(dir, keepLog(dir, retention, { ...options, turns }));
    },
    remove: leave,
    trouble: (dir) => logs.get(dir)?.trouble(),
    async settle() {
      await Promise.all([...logs.values()].map((log) => log.settle()));
    },
    async close() {
      for (const dir of logs.keys()) leave(dir);
      await Promise.all(leaving);
    },
  };
}
