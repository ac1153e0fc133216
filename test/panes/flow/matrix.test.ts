import { describe, expect, test } from 'vitest';
import { SIGNS } from '#app/tui/theme/signs.ts';
import { deleteLines, finishLines } from '#panes/flow/forecast.ts';
import { matrixLines } from '#panes/flow/matrix.ts';
import { textOf } from '#panes/kit/line.ts';
import { FLOW, flowBranch } from '../../app/tui/fixtures/flow.ts';
import { NOW } from '../../app/tui/fixtures/repos.ts';

const LOOK = { sign: (name: keyof (typeof SIGNS)['ascii']) => SIGNS.ascii[name], now: NOW };

const drawn = (lines: readonly (readonly { text: string }[])[]) =>
  lines.map((line) => textOf(line).trimEnd()).join('\n');

describe('the matrix', () => {
  test('says in ASCII what finishing comes to, how far each parent is, where it is worked on and by whom', () => {
    const [selected] = FLOW;
    expect(drawn(matrixLines(FLOW, selected as (typeof FLOW)[number], LOOK))).toMatchInlineSnapshot(`
      "           api               docs           web

      > login    ! 2 conflicts                    . clean
        feature  develop +3 -2                    develop +1
                 main    +2                       main    +2
                 in * login                       in login
                 by grace (human)

        search                     . nothing new  . clean
        feature                    develop even   develop +1 -4
                                   main    +2     main    +2

        1.4.0    . clean
        release  develop +1
                 main    +5"
    `);
  });

  test('tells a parent that is not there from one that is even', () => {
    const row = flowBranch('feature', 'login', 'api', {
      develop: null,
      main: { ahead: 0, behind: 0 },
      forecast: 'unknown',
    });
    expect(drawn(matrixLines([row], row, LOOK))).toMatch(/unknown[\s\S]*develop none\n.*main {4}even/);
  });

  test('of a hundred repos has a column for each', () => {
    const rows = Array.from({ length: 100 }, (_, index) => flowBranch('feature', 'login', `repo-${index}`));
    const [heads] = matrixLines(rows, rows[0] as (typeof rows)[number], LOOK);
    expect(textOf(heads ?? []).match(/repo-\d+/g)).toHaveLength(100);
  });
});

describe('beforehand', () => {
  test('a finish is told by repo, its conflicts by file, the first three by name', () => {
    const rows = [
      flowBranch('release', '1.4.0', 'api', {
        forecast: 'conflict',
        conflicts: ['a.ts', 'b.ts', 'c.ts', 'd.ts', 'e.ts'],
        dirty: true,
        lease: 'grace (human)',
      }),
      flowBranch('release', '1.4.0', 'website'),
    ];
    expect(drawn(finishLines(rows, LOOK))).toMatchInlineSnapshot(`
      "api      ! conflicts with main in 5 files  main +2  * changes that are not committed, held by grace (human)
                 a.ts
                 b.ts
                 c.ts
                 and 2 more
      website  . merges into main without a conflict  main +2"
    `);
  });

  test('a deletion is told by the commits that its parent lacks', () => {
    const rows = [
      flowBranch('feature', 'login', 'api', { develop: { ahead: 2, behind: 0 } }),
      flowBranch('feature', 'login', 'web', {
        develop: { ahead: 0, behind: 1 },
        upstream: 'origin/feature/login',
      }),
    ];
    expect(drawn(deleteLines(rows, LOOK))).toMatchInlineSnapshot(`
      "api  2 commits that develop lacks, not published
      web  develop has all of it, published as origin/feature/login"
    `);
  });
});
