type Environment = Readonly<Record<string, string | undefined>>;

/** What git sets for its hooks: it would make a git of ours work on another repository than the one it is told. */
const REPOSITORY_VARIABLES = [
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_COMMON_DIR',
  'GIT_INDEX_FILE',
  'GIT_OBJECT_DIRECTORY',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_NAMESPACE',
  'GIT_PREFIX',
  'GIT_IMPLICIT_WORK_TREE',
  'GIT_GRAFT_FILE',
  'GIT_SHALLOW_FILE',
  'GIT_REPLACE_REF_BASE',
  'GIT_NO_REPLACE_OBJECTS',
  'GIT_OPTIONAL_LOCKS',
  'GIT_EXTERNAL_DIFF',
  'GIT_LITERAL_PATHSPECS',
  'GIT_GLOB_PATHSPECS',
  'GIT_NOGLOB_PATHSPECS',
  'GIT_ICASE_PATHSPECS',
];

/**
 * The environment of every git: messages in the one language that is parsed, and no prompt on the terminal.
 * Askpass programs are used where the caller's environment names them.
 */
export function gitEnvironment(env: Environment, extra: Environment = {}): Record<string, string> {
  const merged: Record<string, string | undefined> = { ...env };
  for (const name of REPOSITORY_VARIABLES) delete merged[name];
  Object.assign(merged, { LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0', ...extra });
  return Object.fromEntries(
    Object.entries(merged).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
