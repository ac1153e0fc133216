import type { Token } from './lex.ts';
import type { Place } from './types.ts';

/** Thrown within the parser, which makes it a problem of the statement that was being read. */
export class SyntaxProblem extends Error {
  readonly place: Place;

  constructor(message: string, { line, column }: Place) {
    super(message);
    this.place = { line, column };
  }
}

/** The tokens of one statement, read one by one; each reader fails with what it expected and where. */
export type Arguments = {
  peek(): Token;
  take(): Token;
  /** Takes the next token if it has this text and is no string. */
  takes(text: string): boolean;
  fail(message: string, at?: Place): never;
  text(what: string): string;
  number(): number;
  positive(): number;
  integer(): number;
  percent(): number;
  /** `500ms`, `1.5s`, `2m`, or bare seconds; in milliseconds. */
  time(): number;
  color(): string;
  oneOf<Choice extends string>(choices: readonly Choice[]): Choice;
  regex(): RegExp;
  json(): Record<string, unknown> | undefined;
};

const UNITS: Record<string, number> = { ms: 1, s: 1000, m: 60_000 };

/** Reads the tokens that stand on the line of the one at `index`; moving on is told to `moved`. */
export const argumentsAt = (
  tokens: readonly Token[],
  start: number,
  moved: (index: number) => void,
): Arguments => {
  const line = tokens[start]?.line;
  const last = tokens.at(-1) as Token;
  let index = start;

  const peek = (): Token => {
    const next = tokens[index] ?? last;
    return next.line === line && next.kind !== 'end' ? next : endAfter(tokens[index - 1] ?? next);
  };
  const take = () => {
    const token = peek();
    if (token.kind !== 'end') moved(++index);
    return token;
  };
  const fail = (message: string, at: Place = peek()): never => {
    throw new SyntaxProblem(message, at);
  };
  const expected = (what: string) => fail(`Expected ${what}, found ${shown(peek())}.`);

  const given: Arguments = {
    peek,
    take,
    takes: (text) => {
      const met = peek().kind !== 'string' && peek().text === text;
      if (met) take();
      return met;
    },
    fail,
    text: (what) => (isText(peek()) ? take().text : expected(what)),
    number: () => {
      const negative = given.takes('-');
      const value = peek().kind === 'number' ? Number(take().text) : expected('a number');
      return negative ? -value : value;
    },
    positive: () => {
      const at = peek();
      const value = given.number();
      return value > 0 ? value : fail(`Expected a number above zero, found ${value}.`, at);
    },
    integer: () => {
      const at = peek();
      const value = given.positive();
      return Number.isInteger(value) ? value : fail(`Expected a whole number, found ${value}.`, at);
    },
    percent: () => {
      const at = peek();
      const value = given.number();
      given.takes('%');
      return value >= 0 && value <= 100 ? value : fail(`Expected 0 to 100 percent, found ${value}.`, at);
    },
    time: () => {
      const value = peek().kind === 'number' ? Number(take().text) : expected('a time such as 500ms or 2s');
      const unit = peek().glued && peek().kind === 'word' ? take() : undefined;
      const factor = UNITS[unit?.text ?? 's'];
      return factor === undefined ? fail(`Expected ms, s or m, found ${unit?.text}.`, unit) : value * factor;
    },
    color: () => {
      const at = peek();
      const value = given.text('a colour such as "#6b50ff"');
      return /^#[\da-f]{6}$/i.test(value)
        ? value
        : fail(`Expected a colour such as "#6b50ff", found ${value}.`, at);
    },
    oneOf: (choices) => {
      const found = choices.find((choice) => isText(peek()) && choice === peek().text);
      if (found === undefined) return expected(`one of ${choices.join(', ')}`);
      take();
      return found;
    },
    regex: () => {
      const at = peek();
      if (at.kind !== 'regex' && at.kind !== 'string') return expected('a pattern such as /ready/');
      try {
        return compile(take().text);
      } catch (error) {
        return fail((error as Error).message, at);
      }
    },
    json: () => {
      const at = peek();
      if (at.kind !== 'json') return undefined;
      try {
        return JSON.parse(take().text);
      } catch (error) {
        return fail((error as Error).message, at);
      }
    },
  };
  return given;
};

/** Tapes write flags the way of RE2, in front. */
const compile = (pattern: string) => {
  const [whole = '', flags = ''] = /^\(\?([ims]+)\)/.exec(pattern) ?? [];
  return new RegExp(pattern.slice(whole.length), flags);
};

const endAfter = ({ line, column, length }: Token): Token => ({
  ...{ line, column: column + length, length: 0 },
  ...{ kind: 'end', text: '', glued: false },
});

const isText = ({ kind }: Token) => kind === 'word' || kind === 'string';

const shown = ({ kind, text }: Token) => (kind === 'end' ? 'the end of the line' : JSON.stringify(text));
