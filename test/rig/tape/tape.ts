import { readFile } from 'node:fs/promises';
import { parse } from './parse.ts';
import { DEFAULTS, type Settings } from './settings.ts';
import type { Command, Place, Problem, Statement } from './types.ts';

/** A tape ready to be played: its header apart from what it does. */
export type Tape = {
  settings: Settings;
  outputs: string[];
  requires: (Place & { program: string })[];
  env: Record<string, string>;
  commands: (Place & (Command | { kind: 'pace'; time: number }))[];
};

/** A problem, and the file it is in. */
export type TapeProblem = Problem & { path: string };

/** Reads a tape and the tapes it sources. Where there are problems there is no tape. */
export const readTape = async (path: string): Promise<{ tape?: Tape; problems: TapeProblem[] }> => {
  const { statements, problems } = await readStatements(path);
  return problems.length > 0 ? { problems } : { tape: assemble(statements), problems };
};

export const describeProblem = ({ path, line, column, message }: TapeProblem) =>
  `${path}:${line}:${column}: ${message}`;

const readStatements = async (path: string, isSourced = false) => {
  const parsed = parse(await readFile(path, 'utf8'));
  const statements: Statement[] = [];
  const problems: TapeProblem[] = parsed.problems.map((problem) => ({ ...problem, path }));
  for (const statement of parsed.statements) {
    if (statement.kind !== 'source') {
      if (!isSourced || statement.kind !== 'output') statements.push(statement);
      continue;
    }
    const sourced = await readSourced(statement.path, isSourced);
    if (typeof sourced === 'string') problems.push({ ...statement, path, message: sourced });
    else {
      statements.push(...sourced.statements);
      problems.push(...sourced.problems);
    }
  }
  return { statements, problems };
};

const readSourced = async (
  path: string,
  isSourced: boolean,
): Promise<Awaited<ReturnType<typeof readStatements>> | string> => {
  if (isSourced) return 'A sourced tape cannot source another.';
  try {
    return await readStatements(path, true);
  } catch (error) {
    return `Cannot read ${path}: ${(error as Error).message}`;
  }
};

const assemble = (statements: Statement[]): Tape => {
  const tape: Tape = { settings: { ...DEFAULTS }, outputs: [], requires: [], env: {}, commands: [] };
  for (const statement of statements) {
    const { line, column } = statement;
    if (statement.kind === 'output') tape.outputs.push(statement.path);
    else if (statement.kind === 'require') tape.requires.push({ program: statement.program, line, column });
    else if (statement.kind === 'env') tape.env[statement.name] = statement.value;
    else if (statement.kind === 'set') set(tape, statement);
    else if (statement.kind !== 'source') tape.commands.push(statement);
  }
  return tape;
};

/** Once the tape plays, only the typing speed can change. */
const set = (
  { settings, commands }: Tape,
  { name, value, line, column }: Extract<Statement, { kind: 'set' }>,
) => {
  if (commands.length === 0) Object.assign(settings, { [name]: value });
  else if (name === 'typingSpeed') commands.push({ kind: 'pace', time: value, line, column });
};
