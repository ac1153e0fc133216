import { availableParallelism } from 'node:os';
import { resource } from '#engines/core/resource.ts';
import { type Slots, slots } from '#engines/core/slots.ts';

/** ssh servers drop connections beyond ten that have not logged in yet. */
const NETWORK_SLOTS = 8;

/** Bounds how many gits run at once, apart for those that compute and those that mostly wait for a remote. */
export const gitSlots = resource<{ local: Slots; network: Slots }>({
  id: 'git.slots',
  open: ({ concurrency = availableParallelism() }) => ({
    local: slots(concurrency),
    network: slots(NETWORK_SLOTS),
  }),
  close: () => {},
});
