import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from './parse.ts';
import { DEFAULTS } from './settings.ts';
import type { Command, Problem } from './types.ts';

const commands = (source: string) => {
  const { statements, problems } = parse(source);
  expect(problems).toEqual([]);
  return statements.map(({ line, column, ...statement }) => statement);
};

const problems = (source: string) =>
  parse(source).problems.map(({ line, column, message }: Problem) => `${line}:${column} ${message}`);

describe('a tape', () => {
  test.each([
    ['Output demo.gif', { kind: 'output', path: 'demo.gif' }],
    ['Output frames/', { kind: 'output', path: 'frames/' }],
    ['Output "out dir/a.svg"', { kind: 'output', path: 'out dir/a.svg' }],
    ['Require git', { kind: 'require', program: 'git' }],
    ['Env NO_COLOR "1"', { kind: 'env', name: 'NO_COLOR', value: '1' }],
    ['Source tapes/common.tape', { kind: 'source', path: 'tapes/common.tape' }],
    ['Set FontSize 22', { kind: 'set', name: 'fontSize', value: 22 }],
    ['Set LetterSpacing -1', { kind: 'set', name: 'letterSpacing', value: -1 }],
    ['Set Columns 100', { kind: 'set', name: 'columns', value: 100 }],
    ['Set TypingSpeed 10ms', { kind: 'set', name: 'typingSpeed', value: 10 }],
    ['Set WaitTimeout 1.5s', { kind: 'set', name: 'waitTimeout', value: 1500 }],
    ['Set WaitPattern /\\$$/', { kind: 'set', name: 'waitPattern', value: /\$$/ }],
    ['Set LoopOffset 20%', { kind: 'set', name: 'loopOffset', value: 20 }],
    ['Set LoopOffset 20', { kind: 'set', name: 'loopOffset', value: 20 }],
    ['Set WindowBar Rings', { kind: 'set', name: 'windowBar', value: 'Rings' }],
    ['Set MarginFill "#6B50FF"', { kind: 'set', name: 'marginFill', value: '#6B50FF' }],
    ['Set CursorBlink false', { kind: 'set', name: 'cursorBlink', value: false }],
    ['Set Shell zsh', { kind: 'set', name: 'shell', value: 'zsh' }],
    ['Type "it\'s"', { kind: 'type', text: "it's", pace: undefined }],
    ['Type `a "b"` # typed', { kind: 'type', text: 'a "b"', pace: undefined }],
    ['Type@500ms "slow" "er"', { kind: 'type', text: 'slow er', pace: 500 }],
    ['Type ls', { kind: 'type', text: 'ls', pace: undefined }],
    ['Enter', { kind: 'press', key: 'enter', count: 1, pace: undefined }],
    ['Down@.2 12', { kind: 'press', key: 'down', count: 12, pace: 200 }],
    ['PageUp 2', { kind: 'press', key: 'pageup', count: 2, pace: undefined }],
    ['ScrollUp 3', { kind: 'scroll', lines: -1, count: 3, pace: undefined }],
    ['Ctrl+C', { kind: 'press', key: 'ctrl+C', count: 1 }],
    ['Ctrl+Alt+Shift+p', { kind: 'press', key: 'ctrl+alt+shift+p', count: 1 }],
    ['Ctrl+Left', { kind: 'press', key: 'ctrl+left', count: 1 }],
    ['Ctrl+[', { kind: 'press', key: 'ctrl+[', count: 1 }],
    ['Ctrl+-', { kind: 'press', key: 'ctrl+-', count: 1 }],
    ['Alt+/', { kind: 'press', key: 'alt+/', count: 1 }],
    ['Alt+.', { kind: 'press', key: 'alt+.', count: 1 }],
    ['Shift+Tab', { kind: 'press', key: 'shift+tab', count: 1 }],
    ['Sleep 0.5', { kind: 'sleep', time: 500 }],
    ['Sleep 2m', { kind: 'sleep', time: 120_000 }],
    ['Wait', { kind: 'wait', scope: 'line', within: undefined, pattern: undefined }],
    ['Wait+Line@5s /ready/', { kind: 'wait', scope: 'line', within: 5000, pattern: /ready/ }],
    ['Wait+Screen /a\\/b/', { kind: 'wait', scope: 'screen', within: undefined, pattern: /a\/b/ }],
    ['Wait+Screen /(?i)done/', { kind: 'wait', scope: 'screen', within: undefined, pattern: /done/i }],
    ['Hide', { kind: 'hide' }],
    ['Show', { kind: 'show' }],
    ['Screenshot shot.png', { kind: 'screenshot', path: 'shot.png' }],
    ['Copy "text"', { kind: 'copy', text: 'text' }],
    ['Paste', { kind: 'paste' }],
  ])('can say: %s', (source, statement) => {
    expect(commands(source)).toEqual([statement]);
  });

  test('can say several things in a line, among comments and blank lines', () => {
    const source = '# a demo\n\n  Type "ls" Sleep 500ms Enter # go\r\n\tHide\n';
    expect(commands(source).map(({ kind }) => kind)).toEqual(['type', 'sleep', 'press', 'hide']);
    expect(parse(source).statements.map(({ line, column }) => [line, column])).toEqual([
      [3, 3],
      [3, 13],
      [3, 25],
      [4, 2],
    ]);
  });

  test('takes a theme by name, or as JSON over several lines', () => {
    const [named, written] = commands(
      'Set Theme "gantry light"\nSet Theme {\n "name": "{}",\n "brightRed": "#ff0000"\n}\n',
    );
    expect(named).toMatchObject({ name: 'theme', value: { background: '#fbfbfd' } });
    const { colors } = DEFAULTS.theme;
    expect(written).toMatchObject({ value: { colors: colors.with(9, '#ff0000'), background: '#0f1218' } });
  });
});

describe('a mistake in a tape', () => {
  test.each([
    ['Tpye "x"', '1:1 Unknown command: Tpye.'],
    ['Hide\n  Set Fnot 1', '2:7 Unknown setting: Fnot.'],
    ['Set FontSize big', '1:14 Expected a number, found "big".'],
    ['Set Columns 1.5', '1:13 Expected a whole number, found 1.5.'],
    ['Set Columns 0', '1:13 Expected a number above zero, found 0.'],
    [
      'Set WindowBar Fancy',
      '1:15 Expected one of Colorful, ColorfulRight, Rings, RingsRight, None, found "Fancy".',
    ],
    ['Set Theme Nice', '1:11 Expected one of gantry, gantry light, found "Nice".'],
    ['Set Theme {"a": }', expect.stringMatching(/^1:11 .*JSON/)],
    ['Set Theme {', '1:11 Braces are not closed.'],
    ['Set MarginFill "blue"', '1:16 Expected a colour such as "#6b50ff", found blue.'],
    ['Type', '1:5 Expected a text, found the end of the line.'],
    ['Type\n"x"', expect.stringMatching(/^1:5 Expected a text/)],
    ['Type "open', '1:6 String is not closed: "open'],
    ['Sleep soon', '1:7 Expected a time such as 500ms or 2s, found "soon".'],
    ['Sleep 5h', '1:8 Expected ms, s or m, found h.'],
    ['Wait+Page /x/', '1:6 Expected one of Line, Screen, found "Page".'],
    ['Wait /(/', expect.stringMatching(/^1:6 Invalid regular expression/)],
    ['Wait /x', '1:6 Regex is not closed: /x'],
    ['Ctrl', expect.stringMatching(/^1:5 Expected a key after ctrl, as in Ctrl\+x\./)],
    ['Ctrl+Alt', expect.stringMatching(/^1:9 Expected a key after ctrl\+alt/)],
    ['Ctrl+Home', '1:10 Expected one character or the name of a key, found Home.'],
    ['Output demo', '1:8 A folder ends with a slash: demo/'],
    ['F1', '1:1 Unknown command: F1.'],
    ['Enter !', '1:7 Unexpected "!".'],
  ])('%j is told with its place', (source, problem) => {
    expect(problems(source)[0]).toEqual(problem);
  });

  test('does not hide the next one, nor what is right', () => {
    const { statements, problems: found } = parse('Hide\nTpye "x"\nShow\nSet Fnot 1\nEnter');
    expect(statements.map(({ kind }) => kind)).toEqual(['hide', 'show', 'press']);
    expect(found.map(({ line }) => line)).toEqual([2, 4]);
  });
});

const time = fc.integer({ min: 1, max: 99_999 });
const pace = fc.option(time, { nil: undefined });
const typed = fc
  .string({ unit: fc.constantFrom(...'aZ0 é日"\'`#/+-@{}\\$&') })
  .filter((text) => !/"/.test(text) || !/'/.test(text) || !/`/.test(text));
const command: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ kind: fc.constant('type' as const), text: typed, pace }),
  fc.record({
    kind: fc.constant('press' as const),
    key: fc.constantFrom('enter', 'esc', 'pagedown'),
    count: fc.integer({ min: 1, max: 99 }),
    pace,
  }),
  fc.record({
    kind: fc.constant('press' as const),
    key: fc.constantFrom('ctrl+c', 'alt+x', 'ctrl+shift+up', 'alt+[', 'ctrl+@'),
    count: fc.constant(1),
  }),
  fc.record({ kind: fc.constant('sleep' as const), time }),
  fc.record({
    kind: fc.constant('wait' as const),
    scope: fc.constantFrom('line' as const, 'screen' as const),
    within: pace,
    pattern: fc.constantFrom(undefined, /done$/, /a\/b|[0-9]+/),
  }),
  fc.constantFrom<Command>({ kind: 'hide' }, { kind: 'show' }, { kind: 'paste' }),
);

const NAMES: Record<string, string> = {
  enter: 'Enter',
  esc: 'Escape',
  pagedown: 'PageDown',
  up: 'Up',
  ctrl: 'Ctrl',
  alt: 'Alt',
  shift: 'Shift',
};

const written = (given: Command): string => {
  const at = (ms: number | undefined) => (ms === undefined ? '' : `@${ms}ms`);
  switch (given.kind) {
    case 'type': {
      const quote = ['"', "'", '`'].find((each) => !given.text.includes(each));
      return `Type${at(given.pace)} ${quote}${given.text}${quote}`;
    }
    case 'press': {
      const chord = given.key.split('+').map((part) => NAMES[part] ?? part);
      return chord.length > 1 ? chord.join('+') : `${chord[0]}${at(given.pace)} ${given.count}`;
    }
    case 'sleep':
      return `Sleep ${given.time}ms`;
    case 'wait':
      return `Wait+${given.scope === 'line' ? 'Line' : 'Screen'}${at(given.within)} ${given.pattern ?? ''}`;
    default:
      return `${given.kind[0]?.toUpperCase()}${given.kind.slice(1)}`;
  }
};

describe('any tape', () => {
  test('that is written from commands is read as these commands', () => {
    fc.assert(
      fc.property(fc.array(command), fc.constantFrom('\n', ' ', '\r\n', ' # why\n'), (given, separator) => {
        expect(commands(given.map(written).join(separator))).toEqual(given);
      }),
    );
  });

  test('whatever it holds, is read to its end, with each problem at a place within it', () => {
    const fragment = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('Type', 'Set', 'Ctrl+', '"', '/', '{', '\n', '@', '12', ' '),
    );
    fc.assert(
      fc.property(fc.array(fragment), (fragments) => {
        const source = fragments.join('');
        const lines = source.split('\n');
        for (const { line, column } of [...parse(source).problems, ...parse(source).statements]) {
          expect(line).toBeLessThanOrEqual(lines.length);
          expect(column).toBeLessThanOrEqual((lines[line - 1]?.length ?? 0) + 1);
        }
      }),
    );
  });
});
