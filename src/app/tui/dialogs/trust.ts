import { span } from '#panes/kit/line.ts';
import { plain } from '#panes/kit/plain.ts';
import { wrapLine } from '#panes/kit/wrap.ts';
import type { Trust } from '../state/overlay.ts';
import { turn } from '../state/state.ts';
import { closeTop, type Dialog } from './dialog.ts';

/** The workspace's own commands run only after a person has seen them. */
export const trust: Dialog<Trust> = {
  places: () => ['confirm', 'dialog', 'scroll'],
  act: (id, { question }, state) => {
    const yes = id === 'confirm.yes';
    if (!yes && id !== 'confirm.no' && id !== 'dialog.close') return state;
    return turn(closeTop(state), { kind: 'answer', question, answer: { kind: yes ? 'yes' : 'no' } });
  },
  draw: ({ workspace, commands, top }, _state, _world, { look, width }) => ({
    title: 'Do you trust this workspace?',
    width: 72,
    warns: true,
    head: [
      [span(plain(workspace), 'strong')],
      [span('It brings commands that would run on this machine as you:', 'quiet')],
      [],
    ],
    lines: commands.flatMap((command) =>
      wrapLine([span(`${look.sign('bullet')} `, 'quiet'), span(plain(command))], width),
    ),
    top,
  }),
};
