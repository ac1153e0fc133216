import { type FSWatcher, watch } from 'node:fs';

export interface DirectoryWatch {
  /** Watches these directories and no others; false where the system has no room for all of them. */
  update(directories: readonly string[]): boolean;
  close(): void;
}

/** Calls back whenever an entry of one of the directories changes, with the entry's name where the system tells it. */
export function watchDirectories(onChange: (directory: string, name: string | null) => void): DirectoryWatch {
  const watchers = new Map<string, FSWatcher>();

  function update(directories: readonly string[]): boolean {
    const wanted = new Set(directories);
    for (const directory of watchers.keys()) if (!wanted.has(directory)) forget(directory);
    return directories.every((directory) => watchers.has(directory) || add(directory));
  }

  function add(directory: string): boolean {
    try {
      const watcher = watch(directory, { persistent: false }, (_, name) => onChange(directory, name));
      watcher.on('error', () => forget(directory));
      watchers.set(directory, watcher);
      return true;
    } catch (thrown) {
      // One that has just gone shows as a change of the directory above it.
      return (thrown as NodeJS.ErrnoException).code === 'ENOENT';
    }
  }

  function forget(directory: string): void {
    watchers.get(directory)?.close();
    watchers.delete(directory);
  }

  return {
    update,
    close: () => {
      for (const directory of [...watchers.keys()]) forget(directory);
    },
  };
}
