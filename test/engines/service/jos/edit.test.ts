import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json } from '#engines/core/json.ts';
import { withValue } from '#engines/service/jos/edit.ts';
import { isFault, parseJson } from '#engines/service/jos/json.ts';

const edited = (text: string, path: string[], value: Json): string => {
  const json = parseJson(text);
  if (isFault(json)) throw new Error(json.reason);
  return withValue(json, path, value).text;
};

const CASES: [why: string, before: string, path: string[], value: Json, after: string][] = [
  ['what is there is replaced', '{"a": 1, "b" :2 }', ['b'], 'x', '{"a": 1, "b" :"x" }'],
  ['a member on a line of its own', '{\n    "a": 1\n}\n', ['b'], 2, '{\n    "a": 1,\n    "b": 2\n}\n'],
  [
    'tabulators',
    '{\n\t"a": {\n\t\t"b": 1\n\t}\n}',
    ['a', 'c'],
    2,
    '{\n\t"a": {\n\t\t"b": 1,\n\t\t"c": 2\n\t}\n}',
  ],
  ['line ends of another system', '{\r\n  "a": 1\r\n}\r\n', ['b'], 2, '{\r\n  "a": 1,\r\n  "b": 2\r\n}\r\n'],
  ['all on one line', '{"a":1}', ['b', 'c'], 2, '{"a":1, "b": { "c": 2 }}'],
  [
    'an object on one line in a long text',
    '{\n  "a": { "b": 1 }\n}',
    ['a', 'c'],
    2,
    '{\n  "a": { "b": 1, "c": 2 }\n}',
  ],
  [
    'an object that is missing',
    '{\n  "a": 1\n}',
    ['b', 'c'],
    2,
    '{\n  "a": 1,\n  "b": {\n    "c": 2\n  }\n}',
  ],
  ['an object that is empty', '{\n  "a": {}\n}', ['a', 'b'], 1, '{\n  "a": {\n    "b": 1\n  }\n}'],
  ['nothing at all', '{}', ['a'], 1, '{"a": 1}'],
  ['no object', '{\n  "a": null\n}', ['a', 'b'], 1, '{\n  "a": {\n    "b": 1\n  }\n}'],
  ['a list', '{"a": []}', ['a', 'b'], 1, '{"a": { "b": 1 }}'],
  ['a list with something at that number', '{"a": [null]}', ['a', '0', 'b'], 1, '{"a": { "0": { "b": 1 } }}'],
  [
    'a name that every object inherits',
    '{"a": 1}',
    ['__proto__', 'b'],
    1,
    '{"a": 1, "__proto__": { "b": 1 }}',
  ],
  ['names that look like numbers', '{"b": 1, "2": 2, "1": 3}', ['c'], 4, '{"b": 1, "2": 2, "1": 3, "c": 4}'],
  ['a first name behind the bracket', '{ "a": 1,\n  "b": 2 }', ['c'], 3, '{ "a": 1,\n  "b": 2,\n  "c": 3 }'],
];

describe('a value is set and the rest stays as it was written', () => {
  test.each(CASES)('%s', (_, before, path, value, after) => {
    expect(edited(before, path, value)).toBe(after);
  });

  test('whatever else there is', () => {
    const documents = fc.dictionary(fc.string(), fc.jsonValue());
    const layouts = fc.constantFrom(undefined, 2, '\t');
    const paths = fc.array(fc.string(), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(documents, layouts, paths, fc.boolean(), (data, indent, path, isKnown) => {
        const names = isKnown ? [Object.keys(data)[0] ?? 'a', ...path.slice(1)] : path;
        const text = JSON.stringify(data, null, indent);
        const after = JSON.parse(edited(text, names, 'new'));
        expect(names.reduce((inner, name) => inner[name], after)).toBe('new');
        const [top = ''] = names;
        const others = (whole: object) => Object.entries(whole).filter(([name]) => name !== top);
        expect(others(after)).toEqual(others(JSON.parse(text)));
      }),
    );
  });
});
