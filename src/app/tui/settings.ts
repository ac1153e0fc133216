import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Paths } from '#engines/core/context.ts';

/** What the first picture depends on. */
export interface ScreenSettings {
  keymap: 'default' | 'strict';
  colour: 'auto' | '16' | 'never';
  /** Absent where nobody has said: the locale decides. */
  icons?: 'ascii' | 'unicode' | 'nerd';
  /** Frames per second that nobody asked for. */
  maxFps: number;
  /** Command that opens a directory; absent: by VISUAL and EDITOR. */
  editor?: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The screen's settings from the environment and the person's own file. Loading the engine that validates and explains
 * them would take longer than the first picture; what it would refuse is left at its default here.
 */
export function readScreenSettings({ config }: Paths, env: Environment): ScreenSettings {
  const { screen = {}, editor } = contentOf(join(config, 'config.json'));
  const told = (name: string, variable: string) => env[variable] || screen[name];
  const maxFps = Number(told('maxFps', 'GANTRY_SCREEN_MAX_FPS') ?? 30);
  return {
    keymap: oneOf(['default', 'strict'], told('keymap', 'GANTRY_SCREEN_KEYMAP')) ?? 'default',
    colour: oneOf(['auto', '16', 'never'], told('colour', 'GANTRY_SCREEN_COLOUR')) ?? 'auto',
    icons: oneOf(['ascii', 'unicode', 'nerd'], told('icons', 'GANTRY_SCREEN_ICONS')),
    maxFps: maxFps >= 1 && maxFps <= 120 ? maxFps : 30,
    editor: env.GANTRY_EDITOR || (typeof editor === 'string' && editor) || undefined,
  };
}

function oneOf<T extends string>(values: readonly T[], told: unknown): T | undefined {
  return values.find((value) => value === told);
}

function contentOf(file: string): { screen?: Record<string, unknown>; editor?: unknown } {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
}
