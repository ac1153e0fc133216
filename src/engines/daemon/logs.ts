import { dirname } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { daemonFiles, ensureDirectories, rotatedLogs } from './files.ts';
import { linesOfFile, openLogReader } from './log-reader.ts';
import { watchDirectory } from './watch.ts';

interface LogsInput {
  /** How many of the last lines come first. */
  tail: number;
  follow: boolean;
}

/** Milliseconds until a look that no change in the directory asked for. */
const LOOK_AGAIN = 5_000;

/** The last lines of the log, those of rotated files included, and then every line as it is written. */
export async function* followLogs(
  { tail, follow }: LogsInput,
  { paths, signal }: Context,
): AsyncGenerator<{ line: string }> {
  const files = daemonFiles(paths);
  ensureDirectories(files);
  using changes = watchDirectory(dirname(files.log));
  const reader = openLogReader([...rotatedLogs(files), files.log]);
  try {
    const rotated = await Promise.all(rotatedLogs(files).map(linesOfFile));
    const lines = [...rotated.flat(), ...(await reader.next()), ...(await linesOfFile(files.stderr))];
    yield* events(tail === 0 ? [] : lines.slice(-tail));
    while (follow && !signal.aborted) {
      yield* events(await reader.next());
      await changes.next({ within: LOOK_AGAIN, signal }).catch(() => {});
    }
  } finally {
    await reader.close();
  }
}

function* events(lines: string[]): Generator<{ line: string }> {
  for (const line of lines) yield { line };
}
