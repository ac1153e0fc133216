import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fromJSONSchema } from 'zod';
import { ACTIONS } from '#app/registry/actions.ts';
import { isRecord } from '#engines/core/json.ts';

const root = join(import.meta.dirname, '..', '..');
const folder = join(root, 'docs', 'reference');
const textOf = (path: string) => readFileSync(join(folder, path), 'utf8');
const schemaOf = (id: string) => JSON.parse(textOf(`schemas/${id}.json`));

describe('the reference', () => {
  test('says what the declarations say', () => {
    const check = spawnSync(process.execPath, ['scripts/reference.ts', '--check'], {
      cwd: root,
      encoding: 'utf8',
    });
    expect(check.stderr).toBe('');
    expect(check.status).toBe(0);
  }, 60_000);

  test('links to nothing that is not there', () => {
    const pages = globSync('*.md', { cwd: folder });
    const links = pages.flatMap((page) => [...textOf(page).matchAll(/\]\(([^)#]+)(?:#([\w-]+))?\)/g)]);
    const broken = links.filter(([, path = '', heading]) => !leads(path, heading)).map(([link]) => link);
    expect(links.length).toBeGreaterThan(0);
    expect(broken).toEqual([]);
  });
});

describe.each(ACTIONS)('the published schema for $id', ({ id, examples }) => {
  test('takes the examples and nothing unknown', () => {
    const input = fromJSONSchema(schemaOf(id).$defs.input);
    for (const example of examples) expect(input.parse(example.input)).toMatchObject(example.input);
    expect(input.safeParse({ somethingElse: true }).success).toBe(false);
  });

  test('has no word of our own', () => {
    expect(keywordsIn(schemaOf(id)).filter((keyword) => OURS.has(keyword))).toEqual([]);
  });
});

const OURS = new Set(['positional', 'completes', 'column', 'secret', 'unit', 'short']);

function leads(path: string, heading?: string): boolean {
  if (!existsSync(join(folder, path))) return false;
  const isHeading = new RegExp(`^## ${heading?.replaceAll('-', '[ -]')}$`, 'm');
  return heading === undefined || isHeading.test(textOf(path));
}

/** The keywords of a schema and of every schema in it; names of properties are none. */
function keywordsIn(schema: unknown): string[] {
  if (Array.isArray(schema)) return schema.flatMap(keywordsIn);
  if (!isRecord(schema)) return [];
  return Object.entries(schema).flatMap(([keyword, value]) => [
    keyword,
    ...(['properties', '$defs'].includes(keyword) ? Object.values(value as object) : [value]).flatMap(
      keywordsIn,
    ),
  ]);
}
