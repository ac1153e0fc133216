import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeKey } from './keys.ts';

const plain = { applicationCursor: false };

describe('a key', () => {
  test.each([
    ['j', 'j'],
    ['?', '?'],
    ['+', '+'],
    ['é', 'é'],
    ['enter', '\r'],
    ['esc', '\x1b'],
    ['tab', '\t'],
    ['shift+tab', '\x1b[Z'],
    ['space', ' '],
    ['ctrl+space', '\0'],
    ['backspace', '\x7f'],
    ['ctrl+c', '\x03'],
    ['ctrl+C', '\x03'],
    ['ctrl+[', '\x1b'],
    ['ctrl++', '+'],
    ['alt+x', '\x1bx'],
    ['ctrl+alt+c', '\x1b\x03'],
    ['alt+enter', '\x1b\r'],
    ['shift+a', 'A'],
    ['up', '\x1b[A'],
    ['ctrl+up', '\x1b[1;5A'],
    ['shift+alt+left', '\x1b[1;4D'],
    ['home', '\x1b[H'],
    ['pagedown', '\x1b[6~'],
    ['ctrl+delete', '\x1b[3;5~'],
    ['f1', '\x1bOP'],
    ['f12', '\x1b[24~'],
  ])('%s is sent as an xterm sends it', (key, bytes) => {
    expect(encodeKey(key, plain)).toBe(bytes);
  });

  test('follows the cursor keys that the program asked for', () => {
    expect(encodeKey('up', { applicationCursor: true })).toBe('\x1bOA');
    expect(encodeKey('ctrl+up', { applicationCursor: true })).toBe('\x1b[1;5A');
  });

  test('that no keyboard has is refused', () => {
    expect(() => encodeKey('entre', plain)).toThrow('No such key: "entre". Use type() for text.');
    expect(() => encodeKey('', plain)).toThrow('No such key');
  });

  test('of one character is that character, whichever it is', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 1 }), (text) => encodeKey(text, plain) === text),
    );
  });
});
