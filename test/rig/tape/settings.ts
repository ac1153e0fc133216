import type { Arguments } from './arguments.ts';
import { THEMES, type Theme, themeFrom } from './theme.ts';

export const WINDOW_BARS = ['Colorful', 'ColorfulRight', 'Rings', 'RingsRight', 'None'] as const;

export type WindowBar = (typeof WINDOW_BARS)[number];

/** What `Set` can say. Sizes are pixels, times milliseconds. */
export type Settings = {
  shell: string;
  /** Ours: the size of the grid. Without it the grid fills `width` and `height`. */
  columns?: number;
  rows?: number;
  width?: number;
  height?: number;
  fontFamily: string;
  fontSize: number;
  letterSpacing: number;
  lineHeight: number;
  padding: number;
  margin: number;
  /** A colour, or nothing for a transparent margin. */
  marginFill: string;
  windowBar: WindowBar;
  windowBarSize: number;
  borderRadius: number;
  theme: Theme;
  framerate: number;
  playbackSpeed: number;
  /** Where in the recording a picture that moves begins, in percent. */
  loopOffset: number;
  typingSpeed: number;
  /** Read and not followed: a cursor that blinks makes two pictures of one. */
  cursorBlink: boolean;
  waitTimeout: number;
  waitPattern: RegExp;
};

const GANTRY = THEMES.gantry as Theme;

export const DEFAULTS: Settings = {
  shell: 'bash',
  fontFamily: `'JetBrains Mono', 'Cascadia Code', 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace`,
  fontSize: 20,
  letterSpacing: 0,
  lineHeight: 1,
  padding: 24,
  margin: 0,
  marginFill: '',
  windowBar: 'Colorful',
  windowBarSize: 44,
  borderRadius: 12,
  theme: GANTRY,
  framerate: 25,
  playbackSpeed: 1,
  loopOffset: 0,
  typingSpeed: 50,
  cursorBlink: false,
  waitTimeout: 15_000,
  waitPattern: />$/,
};

type Reader<Value> = (given: Arguments) => Value;

/** How each setting's value is written in a tape. */
export const READERS: { [Name in keyof Settings]-?: Reader<NonNullable<Settings[Name]>> } = {
  shell: (given) => given.text('a shell'),
  columns: (given) => given.integer(),
  rows: (given) => given.integer(),
  width: (given) => given.integer(),
  height: (given) => given.integer(),
  fontFamily: (given) => given.text('a font family'),
  fontSize: (given) => given.positive(),
  letterSpacing: (given) => given.number(),
  lineHeight: (given) => given.positive(),
  padding: (given) => given.number(),
  margin: (given) => given.number(),
  marginFill: (given) => given.color(),
  windowBar: (given) => given.oneOf(WINDOW_BARS),
  windowBarSize: (given) => given.number(),
  borderRadius: (given) => given.number(),
  theme: (given) => {
    const json = given.json();
    return json ? themeFrom(json, GANTRY) : (THEMES[given.oneOf(Object.keys(THEMES))] as Theme);
  },
  framerate: (given) => given.positive(),
  playbackSpeed: (given) => given.positive(),
  loopOffset: (given) => given.percent(),
  typingSpeed: (given) => given.time(),
  cursorBlink: (given) => given.oneOf(['true', 'false']) === 'true',
  waitTimeout: (given) => given.time(),
  waitPattern: (given) => given.regex(),
};

export const settingNamed = (name: string): keyof Settings | undefined => {
  const key = `${name[0]?.toLowerCase()}${name.slice(1)}`;
  return /^[A-Z]/.test(name) && Object.hasOwn(READERS, key) ? (key as keyof Settings) : undefined;
};
