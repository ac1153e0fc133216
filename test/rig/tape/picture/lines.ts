import { type Box, centered, rectPath, type Shape } from './shapes.ts';

/** The four arms of a line character: up, right, down and left. 0 is none, 1 light, 2 heavy, 3 double. */
type Arms = readonly [number, number, number, number];

const DOUBLE = 3;

const rows = (first: number, arms: string) =>
  arms
    .split(' ')
    .map((arm, index): [number, Arms] => [first + index, [...arm].map(Number) as unknown as Arms]);

const ARMS = new Map([
  ...rows(0x2500, '0101 0202 1010 2020'),
  ...rows(0x250c, '0110 0210 0120 0220 0011 0012 0021 0022 1100 1200 2100 2200 1001 1002 2001 2002'),
  ...rows(0x251c, '1110 1210 2110 1120 2120 2210 1220 2220 1011 1012 2011 1021 2021 2012 1022 2022'),
  ...rows(0x252c, '0111 0112 0211 0212 0121 0122 0221 0222 1101 1102 1201 1202 2101 2102 2201 2202'),
  ...rows(0x253c, '1111 1112 1211 1212 2111 1121 2121 2112 2211 1122 1221 2212 1222 2122 2221 2222'),
  ...rows(0x2550, '0303 3030 0310 0130 0330 0013 0031 0033 1300 3100 3300 1003 3001 3003'),
  ...rows(0x255e, '1310 3130 3330 1013 3031 3033 0313 0131 0333 1303 3101 3303 1313 3131 3333'),
  ...rows(0x2574, '0001 1000 0100 0010 0002 2000 0200 0020 0201 1020 0102 2010'),
]);

/** How many dashes a dashed line has in its cell. */
const DASHES = new Map([
  ...['┄┅', '┈┉', '╌╍'].flatMap((pair, index) => dashesOf(pair, index, true)),
  ...['┆┇', '┊┋', '╎╏'].flatMap((pair, index) => dashesOf(pair, index, false)),
]);

function dashesOf(pair: string, index: number, horizontal: boolean) {
  const count = [3, 4, 2][index] ?? 2;
  return [...pair].map(
    (character, weight) => [character, { count, horizontal, weight: weight + 1 }] as const,
  );
}

/** The quarter circles, by the corner of the cell that they leave open: to the right and down, and so on. */
const ARCS: Record<string, [number, number]> = { '╭': [1, 1], '╮': [-1, 1], '╯': [-1, -1], '╰': [1, -1] };

/** The shape of a line character; nothing for any other. `light` is the thickness of a light line. */
export const lineShape = (character: string, box: Box, light: number): Shape | undefined => {
  const arms = ARMS.get(character.codePointAt(0) ?? 0);
  if (arms) return { fill: armsPath(arms, box, light) };
  const dashes = DASHES.get(character);
  if (dashes) return { fill: dashesPath(dashes, box, light) };
  const arc = ARCS[character];
  if (arc) return { stroke: arcPath(arc, box, light) };
  return diagonals(character, box);
};

const armsPath = ([up, right, down, left]: Arms, box: Box, light: number) => {
  const row: Axis = { start: box.x, length: box.width, crossStart: box.y, crossLength: box.height, light };
  const column: Axis = { start: box.y, length: box.height, crossStart: box.x, crossLength: box.width, light };
  return [
    ...armBands({ weight: right, back: left, before: up, after: down, direction: 1 }, row),
    ...armBands({ weight: left, back: right, before: up, after: down, direction: -1 }, row),
    ...armBands({ weight: down, back: up, before: left, after: right, direction: 1 }, column).map(transposed),
    ...armBands({ weight: up, back: down, before: left, after: right, direction: -1 }, column).map(
      transposed,
    ),
  ]
    .map(({ x, y, width, height }) => rectPath(x, y, width, height))
    .join('');
};

/** One arm, the arm behind it, and the arms that cross it on the low and on the high side. */
type Arm = { weight: number; back: number; before: number; after: number; direction: 1 | -1 };
type Axis = { start: number; length: number; crossStart: number; crossLength: number; light: number };

const armBands = (arm: Arm, axis: Axis): Box[] => {
  if (arm.weight === 0) return [];
  const { light } = axis;
  if (arm.weight !== DOUBLE)
    return [band({ arm, axis, offset: 0, thickness: thicknessOf(arm.weight, light) })];
  const gap = gapOf(light);
  return [-gap, gap].map((offset) => band({ arm, axis, offset, thickness: light }));
};

type Band = { arm: Arm; axis: Axis; offset: number; thickness: number };

/** The line from the middle to the edge. It begins where it covers the lines that cross it there. */
const band = ({ arm, axis, offset, thickness }: Band): Box => {
  const crossing = Math.max(
    ...[arm.before, arm.after].map((weight) => thicknessOf(weight, axis.light)),
    axis.light,
  );
  const middle =
    centered(axis.start, axis.length, crossing) + arm.direction * gapOf(axis.light) * reach(arm, offset);
  const [from, to] = arm.direction > 0 ? [middle, axis.start + axis.length] : [axis.start, middle + crossing];
  const y = centered(axis.crossStart, axis.crossLength, thickness) + offset;
  return { x: from, y, width: to - from, height: thickness };
};

/** Whether the line begins at the near (1) or the far (-1) line of a double one that crosses it, or in the middle. */
const reach = ({ weight, back, before, after }: Arm, offset: number) => {
  const [beside, beyond] = offset < 0 ? [before, after] : [after, before];
  if (weight === DOUBLE) {
    if (beside === DOUBLE) return 1;
    return back !== DOUBLE && beyond === DOUBLE ? -1 : 0;
  }
  if (back > 0 || (before !== DOUBLE && after !== DOUBLE)) return 0;
  return before === after ? 1 : -1;
};

const thicknessOf = (weight: number, light: number) => (weight === 2 ? light * 2 + 1 : light);

const gapOf = (light: number) => light + 1;

const transposed = ({ x, y, width, height }: Box): Box => ({ x: y, y: x, width: height, height: width });

const dashesPath = (
  dashes: { count: number; horizontal: boolean; weight: number },
  box: Box,
  light: number,
) => {
  const { count, horizontal, weight } = dashes;
  const thickness = thicknessOf(weight, light);
  const length = (horizontal ? box.width : box.height) / count;
  return Array.from({ length: count }, (_, index) => {
    const at = (index + 0.2) * length;
    return horizontal
      ? rectPath(box.x + at, centered(box.y, box.height, thickness), length * 0.6, thickness)
      : rectPath(centered(box.x, box.width, thickness), box.y + at, thickness, length * 0.6);
  }).join('');
};

const arcPath = ([horizontal, vertical]: [number, number], box: Box, light: number) => {
  const x = centered(box.x, box.width, light) + light / 2;
  const y = centered(box.y, box.height, light) + light / 2;
  const radius = Math.min(box.width, box.height) / 2;
  const sideX = horizontal > 0 ? box.x + box.width : box.x;
  const sideY = vertical > 0 ? box.y + box.height : box.y;
  return `M${x} ${sideY}V${y + vertical * radius}Q${x} ${y} ${x + horizontal * radius} ${y}H${sideX}`;
};

const diagonals = (character: string, { x, y, width, height }: Box): Shape | undefined => {
  const rising = `M${x} ${y + height}L${x + width} ${y}`;
  const falling = `M${x} ${y}L${x + width} ${y + height}`;
  const stroke = new Map([
    ['╱', rising],
    ['╲', falling],
    ['╳', rising + falling],
  ]).get(character);
  return stroke ? { stroke } : undefined;
};
