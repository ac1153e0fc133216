import type { World } from '../../rig/home.ts';
import { type Screen, type ScreenOptions, screen } from '../../rig/screen.ts';

/** Opens the screen in a workspace and waits until every row of it stands there. */
export const openScreen = async (world: World, options: ScreenOptions = {}): Promise<Screen> => {
  const opened = await screen(world, [], { cols: 180, rows: 40, ...options });
  await opened.idle();
  return opened;
};

/** The row of a pane that begins with this name. */
export const rowOf = (opened: Screen, name: string): string =>
  opened.lines().find((line) => new RegExp(`^│.{0,6} ${name} `).test(line)) ?? '';
