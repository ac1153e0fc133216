import type { Cursor, Frame, Run, Style } from '../cells.ts';
import type { Look } from './look.ts';
import type { Shot } from './record.ts';

/** A recording as asciicast v2. Only the rows that changed are written, and nothing but what is to be seen. */
export const castOf = (shots: Shot[], length: number, { grid, theme, playbackSpeed }: Look): string => {
  const seconds = (time: number) => Math.round(time / playbackSpeed) / 1000;
  const header = {
    version: 2,
    width: grid.cols,
    height: grid.rows,
    duration: seconds(length),
    ...(shots.at(-1)?.frame.title ? { title: shots.at(-1)?.frame.title } : {}),
    env: { TERM: 'xterm-256color' },
    theme: { fg: theme.foreground, bg: theme.background, palette: theme.colors.join(':') },
  };
  const events = shots.map(({ at, frame }, index) => [
    seconds(at),
    'o',
    redraw(frame, shots[index - 1]?.frame),
  ]);
  return [header, ...events, [seconds(length), 'o', '']].map((line) => `${JSON.stringify(line)}\n`).join('');
};

const redraw = (frame: Frame, before: Frame | undefined) => {
  const rows = frame.lines.map((line, y) => {
    const unchanged = before && JSON.stringify(before.lines[y]) === JSON.stringify(line);
    return unchanged ? '' : `\x1b[${y + 1};1H\x1b[0m\x1b[2K${line.map(runSequence).join('')}`;
  });
  return `${before ? '' : '\x1b[2J'}${rows.join('')}\x1b[0m${cursorSequence(frame.cursor)}`;
};

const cursorSequence = ({ x, y, visible }: Cursor) => `\x1b[${y + 1};${x + 1}H\x1b[?25${visible ? 'h' : 'l'}`;

const runSequence = ({ x, cells, style }: Run) =>
  `\x1b[${x + 1}G\x1b[${['0', ...codesOf(style)].join(';')}m${cells.join('')}`;

const codesOf = (style: Style) => [
  ...(style.bold ? ['1'] : []),
  ...(style.dim ? ['2'] : []),
  ...(style.italic ? ['3'] : []),
  ...(style.underline ? ['4'] : []),
  ...(style.inverse ? ['7'] : []),
  ...(style.strike ? ['9'] : []),
  ...colorCodes(38, style.fg),
  ...colorCodes(48, style.bg),
];

const colorCodes = (base: number, color: Style['fg']) => {
  if (color === undefined) return [];
  if (typeof color === 'number') return [`${base};5;${color}`];
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
  return [`${base};2;${red};${green};${blue}`];
};
