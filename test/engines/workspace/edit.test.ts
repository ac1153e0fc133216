import fc from 'fast-check';
import { parse } from 'smol-toml';
import { describe, expect, test } from 'vitest';
import { failureOf } from '#engines/core/errors.ts';
import { addRepos, dropRepo, newManifest, setKey, unsetKey } from '#engines/workspace/edit.ts';

const TEXT = `# Ours
[workspace]
name = "demo" # not the real one
root = "."

# The api.
# Needs Go.
[[repos]]
name = "api" # short
url = "git@host:api.git"
custom = { a = 1, b = [ 1,2 ] }

[[repos]]
name = "web"
url  =   "git@host:web.git"
since = 2024-01-02
  [repos.extra]
  key = "value" # kept

# How branches are named.
[flow]
main_branch = "main"

[zzz.unknown]
hex = 0x1F
`;

describe('editing a manifest', () => {
  test('a repo is added after the others, and nothing else changes', () => {
    const added = addRepos(TEXT, [{ name: 'new', url: 'host:new.git', default_branch: 'master' }]);
    expect(added).toBe(
      TEXT.replace(
        '# How branches',
        '[[repos]]\nname = "new"\nurl = "host:new.git"\ndefault_branch = "master"\n\n# How branches',
      ),
    );
  });

  test('a repo goes with its comments and its tables, and nothing else changes', () => {
    expect(dropRepo(TEXT, 0)).toBe(TEXT.replace(/# The api\.[\s\S]*?(?=\[\[repos\]\]\nname = "web")/, ''));
    expect(dropRepo(TEXT, 1)).toBe(TEXT.replace(/\[\[repos\]\]\nname = "web"[\s\S]*?(?=# How branches)/, ''));
  });

  test('tables of a repo that stand further down go with it', () => {
    const text = '[[repos]]\nname = "a"\n\n[flow]\nx = 1\n\n[repos.extra]\ny = 1\n';
    expect(dropRepo(text, 0)).toBe('[flow]\nx = 1\n');
    expect(parse(addRepos(text, [{ name: 'b' }])).repos).toEqual([
      { name: 'a', extra: { y: 1 } },
      { name: 'b' },
    ]);
  });

  test('repos that are written inline are edited inline', () => {
    const text = 'repos = [ { name = "a" }, { name = "b" } ] # all\n[workspace]\nname = "w"\n';
    expect(addRepos(text, [{ name: 'c' }])).toContain('# all');
    expect(parse(addRepos(text, [{ name: 'c' }])).repos).toEqual([
      { name: 'a' },
      { name: 'b' },
      { name: 'c' },
    ]);
    expect(parse(dropRepo(text, 0)).repos).toEqual([{ name: 'b' }]);
  });

  test('what can not be changed without losing a comment is refused', () => {
    const text = 'repos = [\n  { name = "a" }, # the first\n  { name = "b" }, # the second\n]\n';
    expect(failureOf(catching(() => dropRepo(text, 0)))).toMatchObject({
      code: 'manifest-unpatchable',
      next: ['gantry workspace show'],
    });
  });

  test('line ends stay what they are', () => {
    const added = addRepos(TEXT.replaceAll('\n', '\r\n'), [{ name: 'new' }]);
    expect(added.replaceAll('\r\n', '')).not.toContain('\n');
  });

  test('a line in a text over several lines is no header and no comment', () => {
    const text = '[[repos]]\nname = "a"\nnote = """\n[[repos]]\n# no comment"""\n[flow]\nx = 1\n';
    expect(dropRepo(text, 0)).toBe('[flow]\nx = 1\n');
  });

  test('a setting is set, changed and unset where it stands', () => {
    const path = ['settings', 'undo', 'keepDays'];
    const set = setKey(TEXT, path, 3);
    expect(set).toBe(`${TEXT}\n[settings]\nundo.keepDays = 3\n`);
    expect(setKey(set, path, 4)).toBe(set.replace('= 3', '= 4'));
    expect(setKey(set, ['settings', 'editor'], 'a "b"')).toBe(`${set}editor = "a \\"b\\""\n`);
    expect(unsetKey(set, path)).toBe(`${TEXT}\n[settings]\n`);
  });

  test('a setting goes to the table that is written out for it', () => {
    const text = '[settings.undo]\nkeepDays = 3\n\n[flow]\nx = 1\n';
    expect(setKey(text, ['settings', 'undo', 'keepMegabytes'], 5)).toBe(
      '[settings.undo]\nkeepDays = 3\nkeepMegabytes = 5\n\n[flow]\nx = 1\n',
    );
  });
});

const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);
const comment = fc.stringMatching(/^[ -~äß]{0,20}$/).map((text) => `# ${text}`);
const value = fc.oneof(
  fc.integer().map(String),
  fc.string({ unit: 'grapheme' }).map((text) => JSON.stringify(text.replaceAll(/\p{Cc}|\p{Cs}/gu, ''))),
  fc.constantFrom(
    'true',
    '2024-01-02',
    '07:32:00',
    '1979-05-27T07:32:00Z',
    '0x1F',
    '1_000',
    '-inf',
    '[ 1,2 ]',
  ),
  fc.constantFrom(
    "'raw'",
    '"""\n# no comment\n[[repos]]\n"""',
    '{ a = 1, b = "c" }',
    '[\n  1, # one\n  2,\n]',
  ),
);
const blank = fc.constantFrom('', '', '\n', '\n\n');

const rows = fc
  .uniqueArray(word, { maxLength: 4 })
  .chain((keys) =>
    fc.tuple(
      ...keys.map((key) => fc.tuple(fc.constant(key), value, fc.option(comment), fc.option(comment), blank)),
    ),
  )
  .map((list) =>
    list
      .map(([key, text, above, beside, gap]) =>
        [gap, above ? `${above}\n` : '', `x${key} = ${text}`, beside ? ` ${beside}` : '', '\n'].join(''),
      )
      .join(''),
  );

const table = (header: string) =>
  fc
    .tuple(blank, fc.option(comment), rows, fc.option(comment))
    .map(([gap, above, body, below]) =>
      [gap, above ? `${above}\n` : '', `${header}\n`, body, below ? `${below}\n` : ''].join(''),
    );

const repo = fc
  .tuple(table('[[repos]]'), fc.option(table('[repos.extra]')))
  .map(([own, extra]) => own + (extra ?? ''));

/** Manifests as people write them: comments, gaps and foreign keys everywhere. */
const manifest = fc
  .tuple(
    table('[workspace]'),
    fc.array(repo, { maxLength: 4 }),
    table('[flow]'),
    fc.array(repo, { maxLength: 2 }),
  )
  .map((parts) => parts.flat().join(''));

describe('whatever a manifest looks like', () => {
  test('adding keeps every line and adds exactly the repos', () => {
    fc.assert(
      fc.property(manifest, word, (text, name) => {
        const result = addRepos(text, [{ name, url: 'host:x.git' }]);
        const before = (parse(text).repos ?? []) as unknown[];
        expect(parse(result).repos).toEqual([...before, { name, url: 'host:x.git' }]);
        expect(isSubsequence(text.split('\n'), result.split('\n'))).toBe(true);
      }),
    );
  });

  test('removing takes lines away and exactly one repo', () => {
    fc.assert(
      fc.property(manifest, fc.nat(), (text, at) => {
        const repos = (parse(text).repos ?? []) as unknown[];
        fc.pre(repos.length > 0);
        const index = at % repos.length;
        const result = dropRepo(text, index);
        expect(parse(result).repos ?? []).toEqual(repos.toSpliced(index, 1));
        expect({ ...parse(result), repos: null }).toEqual({ ...parse(text), repos: null });
        expect(isSubsequence(result.split('\n'), text.split('\n'))).toBe(true);
      }),
    );
  });

  test('adding and removing again brings back every line', () => {
    fc.assert(
      fc.property(manifest, word, (text, name) => {
        const repos = (parse(text).repos ?? []) as unknown[];
        const result = dropRepo(addRepos(text, [{ name }]), repos.length);
        expect(withoutBlank(result)).toEqual(withoutBlank(text));
      }),
    );
  });

  test('setting and unsetting a key brings back every line', () => {
    fc.assert(
      fc.property(manifest, fc.integer(), (text, number) => {
        const path = ['settings', 'git', 'concurrency'];
        const set = setKey(text, path, number);
        expect(parse(set)).toEqual({ ...parse(text), settings: { git: { concurrency: number } } });
        expect(withoutBlank(unsetKey(set, path))).toEqual([...withoutBlank(text), '[settings]']);
      }),
    );
  });

  test('a new manifest says what was asked for', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1 }).filter((one) => !/[\p{Cs}]/u.test(one));
    fc.assert(
      fc.property(text, fc.uniqueArray(text, { maxLength: 5 }), (name, names) => {
        const data = parse(
          newManifest(
            name,
            names.map((one) => ({ name: one })),
          ),
        );
        expect(data).toEqual({
          workspace: { name },
          ...(names.length > 0 && { repos: names.map((one) => ({ name: one })) }),
        });
      }),
    );
  });
});

function isSubsequence(some: string[], all: string[]): boolean {
  let at = 0;
  for (const line of all) if (line === some[at]) at++;
  return at >= some.length || some.slice(at).every((line) => line === '');
}

function withoutBlank(text: string): string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}

function catching(act: () => unknown): unknown {
  try {
    return act();
  } catch (thrown) {
    return thrown;
  }
}
