import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FRAMES } from '#app/registry/frames.ts';
import { SMALLEST } from '#app/tui/layout/breakpoints.ts';
import { type Layout, type LayoutInput, layOut } from '#app/tui/layout/layout.ts';
import { PANES } from '#panes/index.ts';
import { coveredOnce, drawn } from './draw.ts';

const TWO = [
  { id: 'repos', weight: 3 },
  { id: 'activity', weight: 1 },
];
const FOUR = [
  { id: 'repos', weight: 3 },
  { id: 'worktrees', weight: 2 },
  { id: 'flow', weight: 3 },
  { id: 'activity', weight: 2 },
];
const SIX = ['repos', 'worktrees', 'flow', 'workers', 'models', 'services'].map((id) => ({ id, weight: 1 }));

const at = (cols: number, rows: number, more: Partial<LayoutInput> = {}) =>
  layOut({ cols, rows, panes: TWO, focus: 'repos', zoomed: false, inDetail: false, log: false, ...more });

const small = { x: 3, y: 2 };
const large = { x: 6, y: 4 };

describe('two panes', () => {
  test('at 120x40 stand above each other, the list over what was done', () => {
    expect(drawn(at(120, 40), small)).toMatchInlineSnapshot(`
      "header
      +--------------------------------------+
      | repos 120x25                         |
      |                                      |
      |                                      |
      |                                      |
      |                                      |
      |                                      |
      |                                      |
      |                                      |
      |                                      |
      |                                      |
      |                                      |
      +--------------------------------------+
      +--------------------------------------+
      | activity 120x12                      |
      |                                      |
      |                                      |
      |                                      |
      +--------------------------------------+
      status
      footer"
    `);
  });

  test('at 80x24 share the height', () => {
    expect(drawn(at(80, 24), small)).toMatchInlineSnapshot(`
      "header
      +-------------------------+
      | repos 80x13             |
      |                         |
      |                         |
      |                         |
      |                         |
      +-------------------------+
      +-------------------------+
      | activity 80x8           |
      |                         |
      +-------------------------+
      status
      footer"
    `);
  });

  test('at 50x15 both still show three rows, without a line for messages', () => {
    expect(drawn(at(50, 15), small)).toMatchInlineSnapshot(`
      "header
      +---------------+
      | repos 50x7    |
      |               |
      +---------------+
      +---------------+
      | activity 50x6 |
      +---------------+
      footer"
    `);
  });

  test('at 40x12 the one without the keys is folded to its title', () => {
    expect(drawn(at(40, 12), { x: 2, y: 1 })).toMatchInlineSnapshot(`
      "header
      +------------------+
      | repos 40x9       |
      |                  |
      |                  |
      |                  |
      |                  |
      |                  |
      |                  |
      +------------------+
      +-(activity) 40x1--+
      footer"
    `);
    expect(drawn(at(40, 12, { focus: 'activity' }), { x: 2, y: 1 })).toMatchInlineSnapshot(`
      "header
      +-(repos) 40x1-----+
      +------------------+
      | activity 40x9    |
      |                  |
      |                  |
      |                  |
      |                  |
      |                  |
      |                  |
      +------------------+
      footer"
    `);
  });

  test('below 40x12 nothing is laid out', () => {
    expect(at(39, 12)).toBeUndefined();
    expect(at(40, 11)).toBeUndefined();
  });
});

describe('four panes', () => {
  const four = (cols: number, rows: number, focus = 'repos') => at(cols, rows, { panes: FOUR, focus });

  test('at 250x80 stand two by two', () => {
    expect(drawn(four(250, 80), large)).toMatchInlineSnapshot(`
      "header
      +-------------------++-------------------+
      | repos 125x45      || flow 125x45       |
      |                   ||                   |
      |                   ||                   |
      |                   ||                   |
      |                   ||                   |
      |                   ||                   |
      |                   ||                   |
      |                   ||                   |
      |                   ||                   |
      +-------------------++-------------------+
      +-------------------++-------------------+
      | worktrees 125x32  || activity 125x32   |
      |                   ||                   |
      |                   ||                   |
      |                   ||                   |
      |                   ||                   |
      |                   ||                   |
      +-------------------++-------------------+
      status
      footer"
    `);
  });

  test('at 120x40 stand two by two, what one looks at most above', () => {
    expect(drawn(four(120, 40), small)).toMatchInlineSnapshot(`
      "header
      +------------------++------------------+
      | repos 60x21      || flow 60x21       |
      |                  ||                  |
      |                  ||                  |
      |                  ||                  |
      |                  ||                  |
      |                  ||                  |
      |                  ||                  |
      |                  ||                  |
      |                  ||                  |
      +------------------++------------------+
      +------------------++------------------+
      | worktrees 60x16  || activity 60x16   |
      |                  ||                  |
      |                  ||                  |
      |                  ||                  |
      |                  ||                  |
      |                  ||                  |
      +------------------++------------------+
      status
      footer"
    `);
  });

  test('at 100x24 still do: each as wide as a name, a branch and what has changed', () => {
    expect(drawn(four(100, 24), small)).toMatchInlineSnapshot(`
      "header
      +---------------++--------------+
      | repos 50x12   || flow 50x12   |
      |               ||              |
      |               ||              |
      |               ||              |
      +---------------++--------------+
      +---------------++--------------+
      | worktrees 50x9|| activity 50x9|
      |               ||              |
      |               ||              |
      +---------------++--------------+
      status
      footer"
    `);
  });

  test('at 99x40 stand above each other', () => {
    expect(drawn(four(99, 40), small)).toMatchInlineSnapshot(`
      "header
      +-------------------------------+
      | repos 99x12                   |
      |                               |
      |                               |
      |                               |
      +-------------------------------+
      +-------------------------------+
      | worktrees 99x8                |
      |                               |
      +-------------------------------+
      +-------------------------------+
      | flow 99x9                     |
      |                               |
      |                               |
      +-------------------------------+
      +-------------------------------+
      | activity 99x8                 |
      |                               |
      +-------------------------------+
      status
      footer"
    `);
  });

  test('at 80x24 fold around the one with the keys', () => {
    expect(drawn(four(80, 24, 'flow'), { x: 3, y: 1 })).toMatchInlineSnapshot(`
      "header
      +-(repos) 80x1------------+
      +-(worktrees) 80x1--------+
      +-------------------------+
      | flow 80x18              |
      |                         |
      |                         |
      |                         |
      |                         |
      |                         |
      |                         |
      |                         |
      |                         |
      |                         |
      |                         |
      |                         |
      |                         |
      |                         |
      |                         |
      |                         |
      +-------------------------+
      +-(activity) 80x1---------+
      status
      footer"
    `);
  });

  test('at 40x12 only the one with the keys shows, and the header names them all', () => {
    expect(drawn(four(40, 12, 'worktrees'), { x: 2, y: 1 })).toMatchInlineSnapshot(`
      "header with tabs
      +------------------+
      | worktrees 40x10  |
      |                  |
      |                  |
      |                  |
      |                  |
      |                  |
      |                  |
      |                  |
      +------------------+
      footer"
    `);
  });
});

describe('six panes', () => {
  test('at 250x80 stand in two columns of three', () => {
    expect(drawn(at(250, 80, { panes: SIX }), large)).toMatchInlineSnapshot(`
      "header
      +-------------------++-------------------+
      | repos 125x27      || workers 125x27    |
      |                   ||                   |
      |                   ||                   |
      |                   ||                   |
      |                   ||                   |
      +-------------------++-------------------+
      +-------------------++-------------------+
      | worktrees 125x25  || models 125x25     |
      |                   ||                   |
      |                   ||                   |
      |                   ||                   |
      +-------------------++-------------------+
      +-------------------++-------------------+
      | flow 125x25       || services 125x25   |
      |                   ||                   |
      |                   ||                   |
      |                   ||                   |
      +-------------------++-------------------+
      status
      footer"
    `);
  });

  test('at 120x40 stand in two columns of three', () => {
    expect(drawn(at(120, 40, { panes: SIX }), small)).toMatchInlineSnapshot(`
      "header
      +------------------++------------------+
      | repos 60x13      || workers 60x13    |
      |                  ||                  |
      |                  ||                  |
      |                  ||                  |
      |                  ||                  |
      +------------------++------------------+
      +------------------++------------------+
      | worktrees 60x12  || models 60x12     |
      |                  ||                  |
      |                  ||                  |
      |                  ||                  |
      +------------------++------------------+
      +------------------++------------------+
      | flow 60x12       || services 60x12   |
      |                  ||                  |
      |                  ||                  |
      |                  ||                  |
      +------------------++------------------+
      status
      footer"
    `);
  });

  test('at 80x24 fold around the one with the keys', () => {
    expect(drawn(at(80, 24, { panes: SIX, focus: 'flow' }), { x: 3, y: 1 })).toMatchInlineSnapshot(`
      "header
      +-(repos) 80x1------------+
      +-(worktrees) 80x1--------+
      +-------------------------+
      | flow 80x16              |
      |                         |
      |                         |
      |                         |
      |                         |
      |                         |
      |                         |
      |                         |
      |                         |
      |                         |
      |                         |
      |                         |
      |                         |
      |                         |
      +-------------------------+
      +-(workers) 80x1----------+
      +-(models) 80x1-----------+
      +-(services) 80x1---------+
      status
      footer"
    `);
  });

  test('at 40x12 only the one with the keys shows, and the header names them all', () => {
    expect(drawn(at(40, 12, { panes: SIX, focus: 'flow' }), { x: 2, y: 1 })).toMatchInlineSnapshot(`
      "header with tabs
      +------------------+
      | flow 40x10       |
      |                  |
      |                  |
      |                  |
      |                  |
      |                  |
      |                  |
      |                  |
      +------------------+
      footer"
    `);
  });
});

describe('a zoomed pane', () => {
  const zoomed = { zoomed: true };

  test('at 200x60 has its detail beside it', () => {
    expect(drawn(at(200, 60, zoomed), large)).toMatchInlineSnapshot(`
      "header
      +-----------++------------------+
      | repos 80x57| detail 120x57    |
      |           ||                  |
      |           ||                  |
      |           ||                  |
      |           ||                  |
      |           ||                  |
      |           ||                  |
      |           ||                  |
      |           ||                  |
      |           ||                  |
      |           ||                  |
      |           ||                  |
      +-----------++------------------+
      status
      footer"
    `);
  });

  test('at 80x24 has its detail below it', () => {
    expect(drawn(at(80, 24, zoomed), small)).toMatchInlineSnapshot(`
      "header
      +-------------------------+
      | repos 80x8              |
      |                         |
      +-------------------------+
      +-------------------------+
      | detail 80x13            |
      |                         |
      |                         |
      |                         |
      |                         |
      +-------------------------+
      status
      footer"
    `);
  });

  test('at 50x15 gives way to its detail when that has the keys', () => {
    expect(drawn(at(50, 15, zoomed), small)).toMatchInlineSnapshot(`
      "header
      +---------------+
      | repos 50x13   |
      |               |
      |               |
      |               |
      |               |
      +---------------+
      footer"
    `);
    expect(drawn(at(50, 15, { ...zoomed, inDetail: true }), small)).toMatchInlineSnapshot(`
      "header
      +---------------+
      | detail 50x13  |
      |               |
      |               |
      |               |
      |               |
      +---------------+
      footer"
    `);
  });
});

describe('the command log', () => {
  test('takes a quarter below everything', () => {
    expect(drawn(at(120, 40, { log: true }), small)).toMatchInlineSnapshot(`
      "header
      +--------------------------------------+
      | repos 120x18                         |
      |                                      |
      |                                      |
      |                                      |
      |                                      |
      |                                      |
      |                                      |
      +--------------------------------------+
      +--------------------------------------+
      | activity 120x10                      |
      |                                      |
      |                                      |
      +--------------------------------------+
      +--------------------------------------+
      | log 120x9                            |
      |                                      |
      |                                      |
      +--------------------------------------+
      status
      footer"
    `);
  });

  test('takes everything where a quarter is too little', () => {
    expect(drawn(at(50, 15, { log: true }), small)).toMatchInlineSnapshot(`
      "header
      +---------------+
      | log 50x13     |
      |               |
      |               |
      |               |
      |               |
      +---------------+
      footer"
    `);
  });
});

describe('seven panes, of which one yields', () => {
  const panes = [...SIX, { id: 'activity', weight: 1, yields: true as const }];

  test('at 100x24 are six in two columns, and the title of the seventh', () => {
    expect(drawn(at(100, 24, { panes }), small)).toMatchInlineSnapshot(`
      "header
      +---------------++--------------+
      | repos 50x8    || workers 50x8 |
      |               ||              |
      +---------------++--------------+
      +---------------++--------------+
      | worktrees 50x6|| models 50x6  |
      +---------------++--------------+
      +---------------++--------------+
      | flow 50x6     || services 50x6|
      +---------------++--------------+
      +-(activity) 100x1--------------+
      status
      footer"
    `);
  });

  test('with the keys on the seventh it is the others that are folded', () => {
    const { panes: places } = at(100, 24, { panes, focus: 'activity' }) as Layout;
    expect(places.filter(({ folded }) => !folded).map(({ id }) => id)).toEqual(['activity']);
  });

  test('at 150x44 are all there', () => {
    const { panes: places } = at(150, 44, { panes }) as Layout;
    expect(places.filter(({ folded }) => folded)).toEqual([]);
  });
});

test('the skeleton has the frames of the panes that are always there', () => {
  const always = PANES.filter(({ isCalled }) => !isCalled);
  expect(FRAMES).toEqual(
    always.map(({ id, number, title, weight, yields }) => ({
      id,
      number,
      title,
      weight,
      ...(yields && { yields }),
    })),
  );
});

test('whatever the size, every cell belongs to exactly one thing', () => {
  const sizes = fc.record({
    cols: fc.integer({ min: SMALLEST.cols, max: 260 }),
    rows: fc.integer({ min: SMALLEST.rows, max: 90 }),
    count: fc.integer({ min: 1, max: 10 }),
    zoomed: fc.boolean(),
    inDetail: fc.boolean(),
    log: fc.boolean(),
  });
  fc.assert(
    fc.property(sizes, ({ cols, rows, count, ...flags }) => {
      const panes = Array.from({ length: count }, (_, index) => ({
        id: `pane${index}`,
        weight: 1 + (index % 3),
        ...(index % 3 === 2 && { yields: true as const }),
      }));
      const layout = layOut({ cols, rows, panes, focus: 'pane0', ...flags });
      expect(layout && coveredOnce(layout, cols, rows)).toBe(true);
    }),
    { numRuns: 300 },
  );
});
