import { type Arguments, argumentsAt, SyntaxProblem } from './arguments.ts';
import { lex, type Token } from './lex.ts';
import { READERS, settingNamed } from './settings.ts';
import type { Problem, SetStatement, Statement } from './types.ts';

type Unplaced<S> = S extends Statement ? Omit<S, 'line' | 'column'> : never;
type Reader = (given: Arguments) => Unplaced<Statement>;

/** The keys that stand as commands of their own, by the name that `press` knows. */
export const KEYS: Record<string, string> = {
  Enter: 'enter',
  Tab: 'tab',
  Space: 'space',
  Backspace: 'backspace',
  Delete: 'delete',
  Insert: 'insert',
  Escape: 'esc',
  Up: 'up',
  Down: 'down',
  Left: 'left',
  Right: 'right',
  PageUp: 'pageup',
  PageDown: 'pagedown',
};

const MODIFIERS = ['Ctrl', 'Alt', 'Shift'];

/** Reads a tape in the grammar of vhs. Problems do not stop it: each costs the rest of its line. */
export const parse = (source: string): { statements: Statement[]; problems: Problem[] } => {
  const { tokens, problems: unread } = lex(source);
  const problems = [...unread];
  const statements: Statement[] = [];
  let index = 0;
  for (let token = tokens[0]; token && token.kind !== 'end'; token = tokens[index]) {
    const { line, column } = token;
    try {
      const given = argumentsAt(tokens, index, (next) => {
        index = next;
      });
      statements.push({ ...readStatement(given), line, column } as Statement);
    } catch (error) {
      if (!(error instanceof SyntaxProblem)) throw error;
      const { place, message } = error;
      // What could not be read already says why the rest of its line is wrong.
      if (!unread.some((problem) => problem.line === place.line)) problems.push({ ...place, message });
      index = nextLine(tokens, index, line);
    }
  }
  return { statements, problems: problems.sort((a, b) => a.line - b.line || a.column - b.column) };
};

const nextLine = (tokens: readonly Token[], index: number, line: number) => {
  const next = tokens.findIndex((token, at) => at >= index && token.line > line);
  return next === -1 ? tokens.length - 1 : next;
};

const readStatement = (given: Arguments): Unplaced<Statement> => {
  const token = given.take();
  const reader = token.kind === 'word' ? READERS_BY_COMMAND.get(token.text) : undefined;
  if (!reader) return given.fail(`Unknown command: ${token.text}.`, token);
  return reader(given);
};

const readSet: Reader = (given) => {
  const at = given.peek();
  const name = settingNamed(given.text('a setting'));
  if (!name) return given.fail(`Unknown setting: ${at.text}.`, at);
  return { kind: 'set', name, value: READERS[name](given) } as SetStatement;
};

const readOutput: Reader = (given) => {
  const at = given.peek();
  const path = given.text('a path');
  const hasKind = path.endsWith('/') || /\.[^./]+$/.test(path);
  return hasKind ? { kind: 'output', path } : given.fail(`A folder ends with a slash: ${path}/`, at);
};

const readType: Reader = (given) => {
  const pace = readPace(given);
  return { kind: 'type', text: readTexts(given), pace };
};

/** Neighbouring texts are one, with a blank between; an unquoted word that is a command begins the next statement. */
const readTexts = (given: Arguments) => {
  const texts = [given.text('a text')];
  while (isFurtherText(given.peek())) texts.push(given.take().text);
  return texts.join(' ');
};

const isFurtherText = ({ kind, text }: Token) =>
  kind === 'string' || (kind === 'word' && !READERS_BY_COMMAND.has(text));

const readPace = (given: Arguments) => (given.takes('@') ? given.time() : undefined);

const readRepeated = (given: Arguments) => {
  const pace = readPace(given);
  return { count: given.peek().kind === 'number' ? given.integer() : 1, pace };
};

const readChord =
  (first: string): Reader =>
  (given) => {
    const chord = [first.toLowerCase()];
    while (given.takes('+')) {
      const { text, kind } = given.peek();
      if (kind === 'end' || !given.peek().glued) given.fail(`Expected a key after ${first}+.`);
      given.take();
      if (!MODIFIERS.includes(text))
        return { kind: 'press', key: [...chord, keyNamed(text, given)].join('+'), count: 1 };
      chord.push(text.toLowerCase());
    }
    return given.fail(`Expected a key after ${chord.join('+')}, as in ${first}+x.`);
  };

const keyNamed = (text: string, given: Arguments) => {
  if ([...text].length === 1) return text;
  return KEYS[text] ?? given.fail(`Expected one character or the name of a key, found ${text}.`);
};

const readWait: Reader = (given) => {
  const scoped = given.takes('+');
  const scope = scoped && given.oneOf(['Line', 'Screen']) === 'Screen' ? 'screen' : 'line';
  const within = readPace(given);
  const pattern = given.peek().kind === 'regex' ? given.regex() : undefined;
  return { kind: 'wait', scope, within, pattern };
};

const READERS_BY_COMMAND = new Map<string, Reader>([
  ['Output', readOutput],
  ['Require', (given) => ({ kind: 'require', program: given.text('a program') })],
  ['Set', readSet],
  ['Env', (given) => ({ kind: 'env', name: given.text('a name'), value: given.text('a value') })],
  ['Source', (given) => ({ kind: 'source', path: given.text('a tape') })],
  ['Type', readType],
  ['Sleep', (given) => ({ kind: 'sleep', time: given.time() })],
  ['Wait', readWait],
  ['Hide', () => ({ kind: 'hide' })],
  ['Show', () => ({ kind: 'show' })],
  ['Screenshot', (given) => ({ kind: 'screenshot', path: given.text('a path') })],
  ['Copy', (given) => ({ kind: 'copy', text: readTexts(given) })],
  ['Paste', () => ({ kind: 'paste' })],
  ['ScrollUp', (given) => ({ kind: 'scroll', lines: -1, ...readRepeated(given) })],
  ['ScrollDown', (given) => ({ kind: 'scroll', lines: 1, ...readRepeated(given) })],
  ...MODIFIERS.map((name): [string, Reader] => [name, readChord(name)]),
  ...Object.entries(KEYS).map(([name, key]): [string, Reader] => [
    name,
    (given) => ({ kind: 'press', key, ...readRepeated(given) }),
  ]),
]);
