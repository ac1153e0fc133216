import { appendFile, cp, readFile, symlink, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test as plain } from 'vitest';
import type { Json } from '#engines/core/json.ts';
import { checkIntegrity } from '#engines/service/jos/integrity.ts';
import { sealOf } from '#engines/service/jos/jcs.ts';
import { isFault, parseJson } from '#engines/service/jos/json.ts';
import { loadArtifact } from '#engines/service/jos/load.ts';
import { manifestOf } from '#engines/service/jos/manifest.ts';
import { signatureOf } from '#engines/service/jos/signature.ts';
import { sha256Of } from '#engines/service/jos/source.ts';
import { documentOne, strictArtifact, writeArtifact } from '../../../rig/artifacts.ts';
import { test } from '../../../rig/test.ts';

const FIXTURES = fileURLToPath(new URL('./fixtures/valid/', import.meta.url));

const dataOf = (text: string): { [key: string]: Json } => {
  const json = parseJson(text);
  if (isFault(json)) throw new Error(json.reason);
  return json.value as { [key: string]: Json };
};

const sealOfText = (text: string) => sealOf(dataOf(text));

describe('the seal of a document', () => {
  plain('is the hash of its canonical JSON, as the RFC writes it', () => {
    const text = String.raw`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    }`;
    const canonical = String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`;
    expect(sealOfText(text)).toBe(`sha256:${sha256Of(canonical)}`);
  });

  plain('sorts names by UTF-16 units', () => {
    const text = String.raw`{"\u20ac":1,"\r":2,"\ufb33":3,"1":4,"\ud83d\ude02":5,"\u0080":6,"\u00f6":7,"__proto__":8}`;
    const canonical = '{"\\r":2,"1":4,"__proto__":8,"\u0080":6,"ö":7,"€":1,"😂":5,"\ufb33":3}';
    expect(sealOfText(text)).toBe(`sha256:${sha256Of(canonical)}`);
  });

  const SAME: [why: string, one: string, other: string][] = [
    ['a zero below zero', '{"n": -0}', '{"n": 0}'],
    ['an exponent', '{"n": 1e2}', '{"n": 100}'],
    ['a fraction of nothing', '{"n": 1.0}', '{"n": 1}'],
    ['the smallest double', '{"n": 5e-324}', '{"n": 4.9406564584124654e-324}'],
    ['where exponents begin', '{"n": 1000000000000000000000}', '{"n": 1e21}'],
    ['an escape', String.raw`{"s": "\u00fc\/"}`, '{"s": "ü/"}'],
    ['order', '{"a": 1, "b": {"d": 2, "c": 3}}', '{"b": {"c": 3, "d": 2}, "a": 1}'],
    ['space', '{ "a" : [ 1 , 2 ] }\r\n', '{"a":[1,2]}'],
  ];

  plain.each(SAME)('is the same whatever the spelling: %s', (_, one, other) => {
    expect(sealOfText(one)).toBe(sealOfText(other));
  });

  plain('is the same in any order of names and any layout, and another one after any change', () => {
    const documents = fc.dictionary(
      fc.string({ unit: 'grapheme' }),
      fc.jsonValue({ stringUnit: 'grapheme' }),
      {
        minKeys: 1,
      },
    );
    fc.assert(
      fc.property(documents, (data) => {
        const seal = sealOfText(JSON.stringify(data));
        expect(sealOfText(JSON.stringify(turned(data), null, 3))).toBe(seal);
        expect(sealOf({ ...dataOf(JSON.stringify(data)), [`${Object.keys(data)[0]}x`]: 'new' })).not.toBe(
          seal,
        );
      }),
    );
  });

  const turned = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(turned);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .toReversed()
        .map(([name, inner]) => [name, turned(inner)]),
    );
  };

  plain('leaves out the hash and nothing else', () => {
    const sealed = '{"a": 1, "integrity": {"hash": "x", "timestamp": "t"}}';
    expect(sealOfText(sealed)).toBe(`sha256:${sha256Of('{"a":1,"integrity":{"timestamp":"t"}}')}`);
    expect(sealOfText('{"a": 1, "integrity": {"hash": "x"}}')).toBe(
      `sha256:${sha256Of('{"a":1,"integrity":{}}')}`,
    );
    expect(sealOfText('{"a": 1}')).toBe(`sha256:${sha256Of('{"a":1}')}`);
  });

  plain.each([String.raw`{"a": "\ud800"}`, String.raw`{"\udc00": 1}`, String.raw`{"a": "\ude02\ud83d"}`])(
    'is refused of half a character: %s',
    (text) => {
      expect(() => sealOfText(text)).toThrow('Lone surrogate');
    },
  );
});

describe('what others signed', () => {
  plain.each([
    ['service', 'verified'],
    ['strict', 'verified'],
    ['crlf', 'verified'],
    ['draft', 'unsigned'],
    ['minimal', 'unsigned'],
  ])('%s is %s', async (name, checked) => {
    expect(await checkIntegrity(await loadArtifact(`${FIXTURES}${name}.jos`))).toBe(checked);
  });

  test.for(['service', 'strict', 'crlf'])('is noticed where it was changed: %s', async (name, { world }) => {
    await cp(FIXTURES, world.path('work'), { recursive: true });
    const file = world.path('work', `${name}.jos`);
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('"1.0.0"', '"1.0.1"'));
    expect(await checkIntegrity(await loadArtifact(file))).toEqual({
      failed: expect.stringMatching(/^its hash is [\w:]{12,}, and (integrity\.hash is|the manifest names) /),
    });
    await writeFile(file, text);
    await appendFile(file, '\n');
    // A seal is of what a document says; a manifest is of its bytes.
    const checked = await checkIntegrity(await loadArtifact(file));
    expect(typeof checked === 'string').toBe(name === 'service');
  });
});

describe('a manifest', () => {
  const signedWith = (integrity_ref: string) =>
    strictArtifact({ security: { type: 'signed', integrity_ref } });
  const checkOf = async (file: string) => checkIntegrity(await loadArtifact(file));

  const UNUSABLE: [why: string, text: string, failed: string][] = [
    ['no JSON', '{', 'the manifest ./m.json is unusable: it is no JSON: the text ends where a name'],
    ['a name twice', '{"artifact_sha256": "a", "artifact_sha256": "b"}', 'stands twice'],
    [
      'no hash',
      '{"artifact_ref": "x.jos"}',
      'the manifest ./m.json is unusable: it names no artifact_sha256',
    ],
    ['a short hash', '{"artifact_sha256": "14fb3754"}', 'it names no artifact_sha256'],
    ['a list', '[]', 'it names no artifact_sha256'],
  ];

  test.for(UNUSABLE)('fails with %s', async ([, text, failed], { world }) => {
    const file = await writeArtifact(world.path('work', 'x.jos'), signedWith('./m.json'));
    await writeFile(world.path('work', 'm.json'), text);
    expect(await checkOf(file)).toEqual({ failed: expect.stringContaining(failed) });
  });

  test('that is not there fails', async ({ world }) => {
    const file = await writeArtifact(world.path('work', 'x.jos'), signedWith('./m.json'));
    expect(await checkOf(file)).toEqual({ failed: 'the manifest ./m.json is not there' });
  });

  test('may be below the artifact, and not beside its directory, be it by name, absolutely or by a link', async ({
    world,
  }) => {
    const outside = world.path('outside.json');
    const file = world.path('work', 'x.jos');
    for (const ref of ['sub/m.json', '../outside.json', outside, 'link.json', 'way/outside.json']) {
      await writeArtifact(file, signedWith(ref));
      const text = await readFile(file, 'utf8');
      const place = ref === 'sub/m.json' ? world.path('work', 'sub', 'm.json') : outside;
      await writeArtifact(place, dataOf(manifestOf({ path: file, text, now: 0 })));
      if (ref === 'link.json') await symlink(outside, world.path('work', 'link.json'));
      if (ref === 'way/outside.json') await symlink(world.dir, world.path('work', 'way'));
      const failed = `the manifest ${ref} is outside its directory`;
      expect([ref, await checkOf(file)]).toEqual([ref, ref === 'sub/m.json' ? 'verified' : { failed }]);
    }
  });
});

describe('a signature', () => {
  test.for([
    ['1.0.0', documentOne()],
    [
      '1.0.0 with an old seal',
      documentOne({ integrity: { hash: `sha256:${'0'.repeat(64)}`, signed_by: 'ada' } }),
    ],
    ['0.0.7', strictArtifact()],
    ['0.0.7 with a manifest', strictArtifact({ security: { type: 'open', integrity_ref: './own.json' } })],
    ['0.0.7 with nothing to say of security', strictArtifact({ security: [] })],
  ] as const)('verifies what it signed: %s', async ([, data], { world }) => {
    const file = await writeArtifact(world.path('work', 'x.jos'), data);
    const { texts } = signatureOf(await loadArtifact(file), Date.parse('2026-01-02T03:04:05Z'));
    for (const [place, text] of texts) await writeFile(place, text);
    const signed = await loadArtifact(file);
    expect(await checkIntegrity(signed)).toBe('verified');
    expect(signed.warnings).toEqual([]);
  });
});
