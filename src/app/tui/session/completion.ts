import type { Slot } from '#app/surface/completion/slot.ts';
import { rowsIn, valuesFrom } from '#app/surface/completion/values.ts';
import type { Completes } from '#engines/core/card.ts';
import { suggestedIn } from '../dialogs/suggestions.ts';
import { commandLine, questionFor } from '../menus/command-line.ts';
import type { State } from '../state/state.ts';
import type { World } from '../state/world.ts';
import type { Ask } from './ask.ts';
import type { Keeper } from './keeper.ts';

export interface Completer {
  /** Asks for what the word that is typed could be, once while dialogs are open. */
  follow(): void;
  readonly asking: boolean;
}

export function createCompleter(world: World, ask: Ask, keeper: Keeper): Completer {
  const asked = new Set<string>();
  let asking = 0;
  const values = valuesFrom(async (action, input) => {
    const answered = await ask({ action, input: input as Record<string, unknown> });
    return 'data' in answered ? rowsIn(answered.data) : [];
  }, world.cards);

  function follow(): void {
    const state = keeper.state();
    if (state.overlays.length === 0) asked.clear();
    const slot = openSlot(state, world);
    if (!slot?.property?.completes || asked.has(questionFor(slot))) return;
    asked.add(questionFor(slot));
    void load(slot, slot.property.completes);
  }

  async function load(slot: Slot, completes: Completes): Promise<void> {
    asking++;
    const found = await values(completes, slot.subjects);
    asking--;
    keeper.change((state) => ({ ...state, values: { ...state.values, [questionFor(slot)]: found } }), 'now');
  }

  return {
    follow,
    get asking() {
      return asking > 0;
    },
  };
}

/** Where the word that is typed would stand: in the palette's command line, in a form's field. */
function openSlot(state: State, world: World): Slot | undefined {
  const overlay = state.overlays.at(-1);
  if (overlay?.kind === 'form') return suggestedIn(overlay, world)?.slot;
  if (overlay?.kind !== 'menu' || overlay.source !== 'palette') return undefined;
  return commandLine(overlay.field.text, world)?.slot;
}
