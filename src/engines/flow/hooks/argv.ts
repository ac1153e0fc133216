export interface Script {
  /** Absolute. */
  file: string;
  args: readonly string[];
  /** Names of the branches and of the remote, which git-flow tells its hooks. */
  main: string;
  develop: string;
  origin: string;
}

export function scriptArgv({ file, args }: Pick<Script, 'file' | 'args'>): string[] {
  return [file, ...args];
}
