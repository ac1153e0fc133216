import { describe, expect, test } from 'vitest';
import { parseChord } from '#keymaps/chord.ts';

const chord = (text: string) => {
  const parsed = parseChord(text);
  return parsed.ok ? parsed.chord.join(' ') : parsed.problem;
};

describe('a chord', () => {
  test.each([
    ['j', 'j'],
    ['J', 'J'],
    ['?', '?'],
    ['+', '+'],
    ['ctrl+d', 'ctrl+d'],
    ['Ctrl+D', 'ctrl+d'],
    ['shift+tab', 'shift+tab'],
    ['alt+x', 'alt+x'],
    ['Escape', 'esc'],
    ['PgDn', 'pagedown'],
    ['g g', 'g g'],
    [', f', ', f'],
    ['é', 'é'],
  ])('%s is read as %s', (text, expected) => {
    expect(chord(text)).toBe(expected);
  });
});

describe('what no terminal delivers is refused with what to write instead', () => {
  test.each([
    ['ctrl+i', 'terminals send ctrl+i as tab: write that'],
    ['ctrl+m', 'terminals send ctrl+m as enter: write that'],
    ['ctrl+[', 'terminals send ctrl+[ as esc: write that'],
    ['ctrl+1', 'terminals send ctrl+1 as 1'],
    ['ctrl+shift+a', 'terminals send ctrl+shift+a as ctrl+a'],
    ['shift+a', 'write `A` for shift+a'],
    ['shift+1', 'write the character that shift gives, not shift+1'],
    ['cmd+k', 'terminals send ctrl, alt, shift and nothing else: `cmd` never arrives'],
    ['ctrl+enter', 'terminals send ctrl+enter as enter'],
    ['foo', '`foo` is no key'],
    ['', 'a chord has at least one key'],
  ])('%s', (text, problem) => {
    expect(chord(text)).toBe(problem);
  });
});
