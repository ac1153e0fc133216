import { begin } from '../dispatch/call.ts';
import { cardOf } from '../state/world.ts';
import { fuzzy } from './fuzzy.ts';
import type { MenuSource } from './item.ts';

/** The calls that a key can stand for. */
export const pick: MenuSource = {
  title: 'Which',
  items: (_, world, typed, { picks: { from } = { from: [] } }) =>
    fuzzy(
      from.map(({ label, call }) => ({
        label,
        about: cardOf(world, call.action)?.summary ?? call.action,
        unable: cardOf(world, call.action) ? undefined : `this version has no ${call.action}`,
        run: (state) => begin(state, world, call),
      })),
      typed,
    ),
};
