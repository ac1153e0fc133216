import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createDecoder } from '#app/tui/input/decode.ts';
import type { InputEvent } from '#app/tui/input/event.ts';
import { encodeKey } from '../../../rig/keys.ts';

const decode = (...chunks: (string | Uint8Array)[]): InputEvent[] => {
  const decoder = createDecoder();
  const events = chunks.flatMap((chunk) =>
    decoder.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk),
  );
  return [...events, ...decoder.flush()];
};
const keys = (...chunks: (string | Uint8Array)[]) =>
  decode(...chunks).map((event) => (event.kind === 'key' ? event.key : `${event.kind}:${event.text}`));

const NAMES = [
  ...[
    'j',
    'J',
    '?',
    '/',
    ':',
    'é',
    '漢',
    'enter',
    'esc',
    'tab',
    'shift+tab',
    'space',
    'backspace',
    'up',
    'down',
  ],
  ...['left', 'right', 'home', 'end', 'pageup', 'pagedown', 'delete', 'insert', 'f1', 'f5', 'f12'],
  ...['ctrl+d', 'ctrl+c', 'ctrl+z', 'ctrl+right', 'shift+up', 'alt+x'],
];

describe('keys', () => {
  test.each(NAMES)('%s arrives as itself', (name) => {
    expect(keys(encodeKey(name, { applicationCursor: false }))).toEqual([name]);
  });

  test('arrows in application mode are the same keys', () => {
    expect(keys(encodeKey('down', { applicationCursor: true }))).toEqual(['down']);
  });

  test('a burst is as many keys as were pressed', () => {
    expect(keys('jjj\x1b[Bk')).toEqual(['j', 'j', 'j', 'down', 'k']);
  });

  test('an escape sequence in two halves is one key', () => {
    expect(keys('\x1b', '[1;5', 'C')).toEqual(['ctrl+right']);
  });

  test('an escape without anything behind it waits, then is the key', () => {
    const decoder = createDecoder();
    expect(decoder.push(Buffer.from('\x1b'))).toEqual([]);
    expect(decoder.waiting).toBe('sequence');
    expect(decoder.flush()).toEqual([{ kind: 'key', key: 'esc', text: '' }]);
    expect(decoder.waiting).toBeUndefined();
  });

  test('a character split between chunks is one character', () => {
    const [first, ...rest] = Buffer.from('漢');
    expect(keys(Buffer.from([first as number]), Buffer.from(rest))).toEqual(['漢']);
  });

  test('only what can be typed has a text', () => {
    const texts = decode('a \r\x1b[A\x04').map((event) => event.text);
    expect(texts).toEqual(['a', ' ', '', '', '']);
  });
});

describe('a paste', () => {
  test('is never keys', () => {
    expect(keys('\x1b[200~dd\rq\x1b[A\x1b[201~j')).toEqual(['paste:dd\rq\x1b[A', 'j']);
  });

  test('may come in pieces, its end included', () => {
    expect(keys('\x1b[200~one', ' two\x1b[20', '1~')).toEqual(['paste:one two']);
  });

  test('waits for its end, however long that takes', () => {
    const decoder = createDecoder();
    decoder.push(Buffer.from('\x1b[200~q'));
    expect(decoder.waiting).toBe('paste');
  });
});

describe('what a terminal answers', () => {
  test.each([
    ['its background', '\x1b]11;rgb:0d0d/1111/1717\x1b\\'],
    ['its background, ended by a bell', '\x1b]11;rgb:0d0d/1111/1717\x07'],
    ['what it is', '\x1b[?62;22c'],
    ['that it has the focus', '\x1b[I'],
  ])('%s is no key', (_, reply) => {
    expect(keys(`${reply}j`)).toEqual([`reply:${reply}`, 'j']);
  });
});

test('however a stream of bytes is cut, the same keys come out', () => {
  const text = '\x1b[Bjj漢\x1b[200~paste\x1b[201~\x1b]11;rgb:0/0/0\x07\x1b[1;5C:q\r';
  const whole = keys(text);
  const bytes = Buffer.from(text);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: bytes.length - 1 }), { maxLength: 8 }), (cuts) => {
      const at = [0, ...cuts.toSorted((a, b) => a - b), bytes.length];
      const chunks = at.slice(1).map((end, index) => bytes.subarray(at[index], end));
      expect(keys(...chunks)).toEqual(whole);
    }),
  );
});
