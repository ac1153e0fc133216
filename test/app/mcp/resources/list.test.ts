import { describe, expect, test } from 'vitest';
import { sourceOf } from '../../../../src/app/mcp/resources/catalog.ts';
import { repoNames, resourcePage } from '../../../../src/app/mcp/resources/list.ts';

const repos = Array.from({ length: 250 }, (_, index) => `repo-${index}`);

const pages = (names: string[]) => {
  const found: string[][] = [];
  let cursor: string | undefined;
  do {
    const { items, next } = resourcePage(names, cursor);
    found.push(items.map(({ uri }) => uri));
    cursor = next;
  } while (cursor);
  return found;
};

describe('the list of resources', () => {
  test('is one page where it is short', () => {
    expect(pages(['api'])).toEqual([
      ['gantry://workspace', 'gantry://status', 'gantry://activity', 'gantry://repo/api'],
    ]);
  });

  test('comes in pages that leave nothing out and repeat nothing', () => {
    const found = pages(repos);
    expect(found.map(({ length }) => length)).toEqual([100, 100, 53]);
    expect(new Set(found.flat()).size).toBe(253);
  });

  test('goes on at the same place when a repo was added before it', () => {
    const { next } = resourcePage(repos, undefined);
    const [first] = resourcePage(['new', ...repos], next).items;
    expect(first?.uri).toBe('gantry://repo/repo-97');
  });

  test('refuses a cursor that it never gave', () => {
    expect(() => resourcePage(repos, 'x')).toThrow(/cursor/);
  });

  test('has no repos where the workspace could not be read', () => {
    expect(repoNames({ kind: 'failure', failure: { code: 'x', exit: 'workspace', message: 'x' } })).toEqual(
      [],
    );
  });
});

describe('the URI of a repo', () => {
  test.each(['api', 'with space', 'a/b', 'ünïcode', '-dash', '%41', 'new\nline'])(
    'leads back to %j',
    (name) => {
      const uri = resourcePage([name], undefined).items.at(-1)?.uri ?? '';
      expect(sourceOf(uri)?.input).toEqual({ repos: [name] });
      expect(URL.canParse(uri)).toBe(true);
    },
  );

  test.each(['gantry://repo/', 'gantry://repo/%', 'gantry://other', 'file:///etc/passwd', ''])(
    'is not "%s"',
    (uri) => {
      expect(sourceOf(uri)).toBeUndefined();
    },
  );
});
