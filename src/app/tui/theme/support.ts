import type { ScreenSettings } from '../settings.ts';
import type { Background } from './colors.ts';
import type { ThemeOptions } from './theme.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What a terminal is asked for its background: answered by most, and by none wrongly. */
export const ASK_BACKGROUND = '\x1b]11;?\x07';

type Told = Pick<ScreenSettings, 'colour' | 'icons'>;

/** What settings and environment tell of colours and characters. */
export function themeOptions(env: Environment, { colour, icons }: Told): ThemeOptions {
  const none =
    Boolean(env.NO_COLOR) || env.TERM === 'dumb' || env.GANTRY_NO_COLOR === '1' || colour === 'never';
  const truecolor = colour === 'auto' && /^(?:truecolor|24bit)$/.test(env.COLORTERM ?? '');
  return { none, truecolor, background: toldBackground(env), tier: icons ?? tierFrom(env) };
}

/** For terminals that do not answer, and multiplexers that answer for themselves. */
function toldBackground({ GANTRY_BACKGROUND: told }: Environment): Background | undefined {
  return told === 'dark' || told === 'light' ? told : undefined;
}

function tierFrom(env: Environment): ThemeOptions['tier'] {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || 'UTF-8';
  return /utf-?8/i.test(locale) && env.TERM !== 'linux' ? 'unicode' : 'ascii';
}

/** The background in a terminal's answer; nothing where the answer is to something else. */
export function backgroundIn(reply: string): Background | undefined {
  const match = /^\x1b\]11;rgba?:([\da-f]+)\/([\da-f]+)\/([\da-f]+)/i.exec(reply);
  if (!match) return undefined;
  const [red = 0, green = 0, blue = 0] = match
    .slice(1)
    .map((part) => Number.parseInt(part, 16) / (16 ** part.length - 1));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 0.5 ? 'dark' : 'light';
}
