import { FRAMES } from '#app/registry/frames.ts';
import { pathsFrom } from '#engines/core/paths.ts';
import { readScreenSettings } from './settings.ts';
import { openTerminal } from './terminal/terminal.ts';
import { themeOptions } from './theme/support.ts';
import { createTheme } from './theme/theme.ts';
import { drawSkeleton } from './view/skeleton.ts';

export interface ScreenArguments {
  /** Root of the workspace, where it is not the one around the current directory. */
  workspace?: string;
  /** The host is a child of the screen, not the daemon. */
  noDaemon?: boolean;
  /** No colour, whatever the settings say. */
  noColor?: boolean;
}

/**
 * Opens the workbench on this process's terminal; resolves with the exit code. What stands here is all that the first
 * picture needs: everything else is loaded behind it.
 */
export async function runScreen(given: ScreenArguments = {}): Promise<number> {
  const { stdin, stdout, env } = process;
  const cwd = process.cwd();
  const paths = pathsFrom(env);
  const told = readScreenSettings(paths, env);
  const settings = given.noColor ? { ...told, colour: 'never' as const } : told;
  const terminal = openTerminal(stdin, stdout);
  const theme = createTheme(themeOptions(env, settings));
  const skeleton = {
    cols: terminal.cols,
    rows: terminal.rows,
    panes: FRAMES,
    directory: cwd,
    home: paths.home,
  };
  terminal.paint(drawSkeleton(skeleton, theme).map(theme.paint));
  try {
    const { startScreen } = await import('./start.ts');
    return await startScreen({ ...given, terminal, settings, env, paths, cwd });
  } finally {
    terminal.restore();
  }
}
