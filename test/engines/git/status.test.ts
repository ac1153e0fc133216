import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ChangedFile, parseChanges, parseStatus } from '../../../src/engines/git/status.ts';

const OID = 'a'.repeat(40);

/** Any name that a file can have, those among them that look like git's own lines. */
const path = fc.oneof(
  fc
    .string({ unit: 'binary', minLength: 1, maxLength: 30 })
    .filter((text) => !text.includes('\0') && text.isWellFormed()),
  fc.constantFrom('# branch.oid x', '1 .M N... 100644', '? other', 'a\n? b', ' leading', '-rf', '\x1b[31m'),
);
const letter = fc.constantFrom('.', 'M', 'A', 'D', 'T');
const submodule = fc.option(
  fc.record({ moved: fc.boolean(), changed: fc.boolean(), untracked: fc.boolean() }),
  { nil: undefined },
);

const changed = fc.record({ path, index: letter, worktree: letter, submodule });
const renamed = fc.record({ path, from: path, index: fc.constantFrom('R', 'C'), worktree: letter });
const conflicted = fc.record({
  path,
  index: fc.constantFrom('U', 'A', 'D'),
  worktree: fc.constantFrom('U', 'A'),
});
const untracked = fc.record({ path });

const file: fc.Arbitrary<ChangedFile> = fc.oneof(
  changed.map(({ submodule: flags, ...rest }) => ({
    ...rest,
    kind: 'changed' as const,
    ...(flags && { submodule: flags }),
  })),
  renamed.map((one) => ({ ...one, kind: 'changed' as const })),
  conflicted.map((one) => ({ ...one, kind: 'conflicted' as const })),
  untracked.map((one) => ({ ...one, index: '?', worktree: '?', kind: 'untracked' as const })),
);

/** What git prints of a file, after git-status(1). */
function printed({ path: name, from, index, worktree, kind, submodule: flags }: ChangedFile): string {
  const sub = flags
    ? `S${flags.moved ? 'C' : '.'}${flags.changed ? 'M' : '.'}${flags.untracked ? 'U' : '.'}`
    : 'N...';
  const modes = '100644 100644 100644';
  if (kind === 'untracked') return `? ${name}\0`;
  if (kind === 'conflicted')
    return `u ${index}${worktree} ${sub} ${modes} 100644 ${OID} ${OID} ${OID} ${name}\0`;
  if (from !== undefined)
    return `2 ${index}${worktree} ${sub} ${modes} ${OID} ${OID} R100 ${name}\0${from}\0`;
  return `1 ${index}${worktree} ${sub} ${modes} ${OID} ${OID} ${name}\0`;
}

describe('the status that git prints', () => {
  test('gives back every file as it is, whatever its name', () => {
    fc.assert(
      fc.property(fc.array(file), (files) => {
        expect(parseChanges(`# branch.oid ${OID}\0${files.map(printed).join('')}`)).toEqual(files);
      }),
    );
  });

  test('is counted without reading names', () => {
    fc.assert(
      fc.property(fc.array(file), (files) => {
        const count = (is: (one: ChangedFile) => boolean) => files.filter(is).length;
        const tracked = (one: ChangedFile) => one.kind === 'changed';
        expect(parseStatus(files.map(printed).join(''))).toMatchObject({
          staged: count((one) => tracked(one) && one.index !== '.'),
          changed: count((one) => tracked(one) && one.worktree !== '.'),
          conflicted: count(({ kind }) => kind === 'conflicted'),
          untracked: count(({ kind }) => kind === 'untracked'),
          submodules: {
            moved: count((one) => one.submodule?.moved ?? false),
            dirty: count((one) => (one.submodule?.changed || one.submodule?.untracked) ?? false),
          },
        });
      }),
    );
  });

  test('tells branch, upstream and stash', () => {
    const headers = [
      `# branch.oid ${OID}`,
      '# branch.head feature/a',
      '# branch.upstream origin/feature/a',
      '# branch.ab +2 -31',
      '# stash 4',
    ];
    expect(parseStatus(headers.map((line) => `${line}\0`).join(''))).toMatchObject({
      head: OID,
      branch: 'feature/a',
      upstream: 'origin/feature/a',
      upstreamGone: false,
      ahead: 2,
      behind: 31,
      stashes: 4,
    });
  });

  test('tells an upstream that is gone from one that a branch without commits waits for', () => {
    const gone = `# branch.oid ${OID}\0# branch.head a\0# branch.upstream origin/a\0`;
    const unborn = '# branch.oid (initial)\0# branch.head a\0# branch.upstream origin/a\0';
    expect(parseStatus(gone)).toMatchObject({ upstreamGone: true, head: OID });
    expect(parseStatus(unborn)).toMatchObject({ upstreamGone: false, head: null });
  });

  test('of nothing is nothing', () => {
    expect(parseStatus('')).toMatchObject({ head: null, branch: null, staged: 0, untracked: 0 });
    expect(parseChanges('')).toEqual([]);
  });
});
