import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isFault, type JsonFault, type JsonText, MAX_DEPTH, parseJson } from '#engines/service/jos/json.ts';
import { placeAt } from '#engines/service/jos/place.ts';
import { pointerOf } from '#engines/service/jos/pointer.ts';

const read = (text: string): JsonText => {
  const parsed = parseJson(text);
  if (isFault(parsed)) throw new Error(`${parsed.reason} at ${parsed.offset} of ${text}`);
  return parsed;
};

const faultOf = (text: string): JsonFault => {
  const parsed = parseJson(text);
  if (!isFault(parsed)) throw new Error(`${text} was taken.`);
  return parsed;
};

const parsable = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe('a JSON text', () => {
  test('is the data that JSON.parse makes of it, however it is laid out', () => {
    const layouts = fc.constantFrom(undefined, 2, '\t');
    fc.assert(
      fc.property(fc.json(), layouts, (text, indent) => {
        const laidOut = JSON.stringify(JSON.parse(text), null, indent);
        expect(read(laidOut).value).toEqual(JSON.parse(text));
        expect(read(` \r\n${text}\t`).value).toEqual(JSON.parse(text));
      }),
    );
  });

  test('is taken where JSON.parse takes it, and nowhere else', () => {
    const signs = fc.constantFrom(
      ...'{}[],:"\\ \n-+.eE019tfn',
      'true',
      'null',
      '"a"',
      '\\u00e4',
      '\u0001',
      '\u00a0',
    );
    fc.assert(
      fc.property(fc.array(signs, { maxLength: 12 }), (parts) => {
        const text = parts.join('');
        const parsed = parseJson(text);
        fc.pre(!isFault(parsed) || !/stands twice|too large/.test(parsed.reason));
        expect([text, !isFault(parsed)]).toEqual([text, parsable(text)]);
      }),
      { numRuns: 2_000 },
    );
  });

  test('is cut short anywhere, and the fault is in what is left', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }), fc.nat(), (data, cut) => {
        const whole = JSON.stringify(data);
        const text = whole.slice(0, cut % whole.length);
        expect(faultOf(text).offset).toBeLessThanOrEqual(text.length);
      }),
    );
  });

  test('knows where each value stands', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const { spans } = read(text);
        const expectAt = (value: unknown, pointer: string): void => {
          const span = spans.get(pointer);
          expect(JSON.parse(text.slice(span?.start, span?.end))).toEqual(value);
          if (typeof value !== 'object' || value === null) return;
          for (const [key, inner] of Object.entries(value)) expectAt(inner, pointerOf([key], pointer));
        };
        expectAt(JSON.parse(text), '');
      }),
    );
  });
});

describe('a name that stands twice', () => {
  test('is a fault at its second place, however it is written and however deep it stands', () => {
    const names = fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(names, fc.nat(), fc.nat(20), fc.boolean(), (names, which, depth, isEscaped) => {
        const twice = names[which % names.length] as string;
        const again = isEscaped ? escaped(twice) : JSON.stringify(twice);
        const members = names.map((name) => `${JSON.stringify(name)}: 0`).join(', ');
        const before = `${'{"in": ['.repeat(depth)}{${members}, `;
        const fault = faultOf(`${before}${again}: 1}${']}'.repeat(depth)}`);
        expect(fault).toEqual({
          offset: before.length,
          reason: `the name ${JSON.stringify(twice)} stands twice in one object`,
        });
      }),
    );
  });

  test('is none where it stands in another object', () => {
    expect(read('{"a": {"a": 1}, "b": [{"a": 1}, {"a": 1}]}').value).toEqual({
      a: { a: 1 },
      b: [{ a: 1 }, { a: 1 }],
    });
  });
});

const escaped = (name: string) =>
  `"${[...Array(name.length).keys()].map((at) => `\\u${name.charCodeAt(at).toString(16).padStart(4, '0')}`).join('')}"`;

test('names that objects inherit are names like others', () => {
  const { value } = read('{"__proto__": {"polluted": true}, "constructor": 1, "toString": 2}') as {
    value: Record<string, unknown>;
  };
  expect(Object.keys(value)).toEqual(['__proto__', 'constructor', 'toString']);
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  expect(value.polluted).toBeUndefined();
});

test('nesting ends at a bound, far from the end of the stack', () => {
  const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
  expect(isFault(parseJson(nested(MAX_DEPTH)))).toBe(false);
  expect(faultOf(nested(MAX_DEPTH + 1)).reason).toBe('objects and lists are nested more than 100 deep');
  expect(faultOf('{"a":'.repeat(500_000)).offset).toBe(5 * MAX_DEPTH);
});

const FAULTS: [why: string, text: string, at: string, reason: string][] = [
  ['nothing', '', '1:1', 'the text ends where a value is due'],
  ['a comment', '{} // so', '1:4', 'the end of the text is due, and here is "/"'],
  ['a trailing comma', '{\n  "a": 1,\n}', '3:1', 'a name in double quotes is due, and here is "}"'],
  ['a trailing comma in a list', '[1,]', '1:4', 'a value is due, and here is "]"'],
  ['a missing comma', '{"a": 1\n "b": 2}', '2:2', 'a comma or } is due, and here is "\\""'],
  ['a missing colon', '{"a" 1}', '1:6', 'a colon is due, and here is "1"'],
  ['single quotes', "{'a': 1}", '1:2', 'a name in double quotes is due, and here is "\'"'],
  ['a text without an end', '{"a":\n"b}', '2:1', 'the text that begins here does not end'],
  ['a raw tabulator', '["a\tb"]', '1:4', 'a control character inside a text has to be escaped'],
  ['an escape that is none', '["\\x"]', '1:3', 'there is no such escape in JSON'],
  ['a number with a leading zero', '[01]', '1:3', 'a comma or ] is due, and here is "1"'],
  ['a number beyond all doubles', '[1e999]', '1:2', 'the number is too large'],
  ['not a number', '[NaN]', '1:2', 'a value is due, and here is "N"'],
  ['a byte order mark', '\ufeff{}', '1:1', 'it begins with a byte order mark'],
  ['a pictogram', '\r\n🦊', '2:1', 'a value is due, and here is "🦊"'],
];

test.each(FAULTS)('line and column are told of %s', (_, text, at, reason) => {
  const fault = faultOf(text);
  const { line, column } = placeAt(text, fault.offset);
  expect([`${line}:${column}`, fault.reason]).toEqual([at, reason]);
});
