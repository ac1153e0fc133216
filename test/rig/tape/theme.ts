export type Theme = {
  background: string;
  foreground: string;
  cursor: string;
  /** The sixteen colours: black, red, green, yellow, blue, magenta, cyan, white, and the bright ones. */
  colors: readonly string[];
};

const COLOR_NAMES = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const;

export const THEMES: Record<string, Theme> = {
  gantry: {
    background: '#0f1218',
    foreground: '#d5dae4',
    cursor: '#8fb3ff',
    colors: [
      ...['#1b202a', '#f2777f', '#8ed39a', '#e8c37d', '#7ba7f7', '#c29bf5', '#6ecbd6', '#c6ccd8'],
      ...['#667085', '#ff939a', '#a8e6b1', '#f5d79c', '#9dc0ff', '#d6b8ff', '#92e0e8', '#f3f5f9'],
    ],
  },
  'gantry light': {
    background: '#fbfbfd',
    foreground: '#2b303b',
    cursor: '#2f5fd0',
    colors: [
      ...['#2b303b', '#c0303b', '#1f7a3d', '#946000', '#2457c5', '#7a3fc0', '#0c7480', '#d9dde5'],
      ...['#6b7280', '#d84a54', '#2c9150', '#ad7400', '#3a6fe0', '#9257d8', '#138a98', '#f3f4f7'],
    ],
  },
};

/** Reads a theme as tapes write it: `{ "background": …, "red": …, "brightRed": … }`; what is missing stays ours. */
export const themeFrom = (written: Record<string, unknown>, base: Theme): Theme => {
  const color = (name: string, otherwise: string) => {
    const value = written[name];
    return typeof value === 'string' && /^#[\da-f]{6}$/i.test(value) ? value : otherwise;
  };
  const named = (name: string, index: number) => color(name, base.colors[index] ?? base.foreground);
  return {
    background: color('background', base.background),
    foreground: color('foreground', base.foreground),
    cursor: color('cursor', base.cursor),
    colors: [
      ...COLOR_NAMES.map((name, index) => named(name, index)),
      ...COLOR_NAMES.map((name, index) =>
        named(`bright${name[0]?.toUpperCase()}${name.slice(1)}`, index + 8),
      ),
    ],
  };
};

/** The colour of a palette index: the theme's sixteen, xterm's cube of six levels, and its greys. */
export const paletteColor = (theme: Theme, index: number): string => {
  if (index < 16) return theme.colors[index] ?? theme.foreground;
  if (index >= 232) return hex([index, index, index].map((grey) => 8 + (grey - 232) * 10));
  const cube = index - 16;
  return hex(
    [Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6].map((level) => (level ? 55 + level * 40 : 0)),
  );
};

/** A colour so far from one to another: 0 is the first, 1 the second. */
export const mix = (from: string, to: string, share: number): string => {
  const target = channels(to);
  return hex(channels(from).map((value, index) => value + ((target[index] ?? value) - value) * share));
};

export const channels = (color: string): number[] =>
  [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));

const hex = (values: number[]) =>
  `#${values.map((value) => Math.round(value).toString(16).padStart(2, '0')).join('')}`;
