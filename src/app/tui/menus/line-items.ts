import { quote } from '#engines/core/shell.ts';
import { visible } from '#engines/core/visible.ts';
import { plain } from '#panes/kit/plain.ts';
import { open } from '../dialogs/dialog.ts';
import { begin, formFor } from '../dispatch/call.ts';
import { field } from '../state/field.ts';
import { type State, turn } from '../state/state.ts';
import type { World } from '../state/world.ts';
import { actionItem, withText } from './action-item.ts';
import { argumentsIn } from './arguments.ts';
import { type CommandLine, knownWords } from './command-line.ts';
import { matching } from './fuzzy.ts';
import type { Item } from './item.ts';

/** The command line as it stands, to be run; then what its next word could be, to be put there. */
export function lineItems(line: CommandLine, state: State, world: World): Item[] {
  const { current } = line;
  const known = knownWords(line, state).filter(({ word }) => word === visible(word) && word !== current);
  const words = known.map(({ word, description }): Item => {
    const text = `${line.text.slice(0, line.from + line.at)}${quote(word)} `;
    return {
      label: plain(word),
      about: plain(description),
      run: (before) =>
        turn(open(before, { kind: 'menu', source: 'palette', field: field(text), selected: 0 })),
      complete: (before) => withText(before, text),
    };
  });
  const found = current === '' ? words : matching(words, current);
  return [lineItem(line, state, world, current === '' ? undefined : found[0]), ...found];
}

/** Without arguments an action is given the selection, as its key would; a form asks for what is not typed. */
function lineItem(
  { card, text, from, slot }: CommandLine,
  state: State,
  world: World,
  next: Item | undefined,
): Item {
  const typed = text.slice(from);
  const { input, problem } = argumentsIn(card, typed);
  const call = { action: card.id, input };
  const complete =
    next?.complete ??
    ((before: State) => open({ ...before, overlays: before.overlays.slice(0, -1) }, formFor(card, call)));
  if (typed.trim() === '') return { ...actionItem(card, state, world), complete };
  return {
    label: text.trim(),
    about: slot.property?.description ?? card.summary,
    unable: problem,
    run: (before) => begin(before, world, call),
    complete,
  };
}
