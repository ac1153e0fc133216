import { shellLine, toolCall } from '#app/surface/line.ts';
import type { Call } from '#panes/pane.ts';
import { saying } from '../dispatch/call.ts';
import { rowsFor, whyNot } from '../dispatch/offer.ts';
import { logsCall } from '../state/logs/logs.ts';
import { type State, turn } from '../state/state.ts';
import { cardOf, focusedPane, paneState, type World } from '../state/world.ts';
import { fuzzy } from './fuzzy.ts';
import type { Item, MenuSource } from './item.ts';

/** The row's values, and for every action that it can be given to the command and the MCP call that it stands for. */
export const copy: MenuSource = {
  title: 'Copy',
  items: (state, world, typed, { offered = [] }) =>
    fuzzy(
      [
        ...offered.map(({ label, text }) => copyItem(label, text)),
        ...valueItems(state, world),
        ...callItems(state, world),
      ],
      typed,
    ),
};

function valueItems(state: State, world: World): Item[] {
  const pane = focusedPane(state, world);
  const { rows, selected } = paneState(state, pane.id);
  const row = selected === undefined ? undefined : rows.get(selected);
  return row === undefined ? [] : pane.copies(row).map(({ label, text }) => copyItem(label, text));
}

function callItems(state: State, world: World): Item[] {
  const pane = focusedPane(state, world);
  const offers = pane.offers.filter((offer) => whyNot(state, world, offer) === undefined);
  const shown = state.logs.view ? [logsCall(state.logs.view)] : [];
  const calls = [...shown, pane.list, ...offers.map((offer) => offer.call(rowsFor(state, world, offer)))];
  return calls.flatMap((call) => itemsFor(call, world));
}

function itemsFor(call: Call, world: World): Item[] {
  const card = cardOf(world, call.action);
  if (!card) return [];
  const words = call.action.replaceAll('.', ' ');
  return [
    copyItem(`${words}, command`, shellLine(card, call)),
    copyItem(`${words}, MCP call`, toolCall(call)),
  ];
}

function copyItem(label: string, text: string): Item {
  return {
    label,
    about: text,
    run: (state) => turn(saying(state, `copied ${label}`, 'good'), { kind: 'copy', text }),
  };
}
