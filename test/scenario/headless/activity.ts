import type { World } from '../../rig/home.ts';

/** An activity with its steps, as the program tells it. */
export const activity = async (world: World, id: string): Promise<unknown> =>
  (await world.gantry(['activity', 'show', id, '--json'])).json().data;
