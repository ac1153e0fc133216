import type { Entry } from './entry.ts';

const list = ['list'];
const listAndDetail = ['list', 'detail'];
const scrolling = ['list', 'detail', 'scroll'];
const screen = ['screen'];
const always = ['screen', 'welcome'];
const zoomed = ['zoomed'];
const repos = ['repos'];
const worktrees = ['worktrees'];
const flow = ['flow'];
const workers = ['workers'];
const models = ['models'];
const services = ['services'];
const activity = ['activity'];
const health = ['health'];
const log = ['log'];
const text = ['text'];
const menu = ['menu'];

const move = (id: string, keys: string[], label: string): Entry => ({
  id,
  keys,
  label,
  where: scrolling,
  group: 'Move',
});

const paneKeys: Entry[] = [...'1234567890'].map((number) => ({
  id: `pane.${number}`,
  keys: [number],
  where: screen,
  label: `pane ${number}, again to zoom`,
  group: 'Panes',
}));

/** The keys of the field: those of lazygit, k9s and vi, one verb per letter wherever it stands. */
export const DEFAULT: readonly Entry[] = [
  move('move.down', ['j', 'down'], 'down'),
  move('move.up', ['k', 'up'], 'up'),
  move('move.page-down', ['ctrl+d', 'pagedown'], 'page down'),
  move('move.page-up', ['ctrl+u', 'pageup'], 'page up'),
  move('move.first', ['g', 'home'], 'first'),
  move('move.last', ['G', 'end'], 'last'),
  {
    id: 'scroll.right',
    keys: ['>'],
    where: [...zoomed, 'viewer'],
    label: 'further right',
    group: 'Move',
    hint: 12,
  },
  { id: 'scroll.left', keys: ['<'], where: [...zoomed, 'viewer'], label: 'further left', group: 'Move' },

  { id: 'focus.next', keys: ['tab', 'l', 'right'], where: screen, label: 'next pane', group: 'Panes' },
  {
    id: 'focus.previous',
    keys: ['shift+tab', 'h', 'left'],
    where: screen,
    label: 'previous pane',
    group: 'Panes',
  },
  ...paneKeys,
  { id: 'zoom.in', keys: ['enter'], where: list, label: 'open', group: 'Panes', hint: 10 },
  { id: 'zoom.out', keys: ['esc'], where: screen, label: 'back', group: 'Panes', hint: 0 },
  { id: 'section.next', keys: [']'], where: zoomed, label: 'next section', group: 'Panes', hint: 11 },
  { id: 'section.previous', keys: ['['], where: zoomed, label: 'previous section', group: 'Panes' },

  { id: 'mark.toggle', keys: ['space'], where: list, label: 'mark', group: 'Select', hint: 20 },
  { id: 'mark.range', keys: ['v'], where: list, label: 'mark a range', group: 'Select' },
  { id: 'mark.group', keys: ['V'], where: list, label: 'mark what belongs together', group: 'Select' },
  { id: 'mark.all', keys: ['*'], where: list, label: 'mark all shown, or none', group: 'Select' },
  { id: 'filter.open', keys: ['/'], where: listAndDetail, label: 'filter', group: 'Select', hint: 21 },
  { id: 'match.next', keys: ['n'], where: ['filtered'], label: 'next match', group: 'Select', hint: 3 },
  {
    id: 'match.previous',
    keys: ['N'],
    where: ['filtered'],
    label: 'previous match',
    group: 'Select',
    hint: 4,
  },

  { id: 'repo.fetch', keys: ['f'], where: repos, label: 'fetch', group: 'Repos', hint: 1 },
  { id: 'repo.pull', keys: ['p'], where: repos, label: 'pull', group: 'Repos', hint: 2 },
  { id: 'repo.push', keys: ['P'], where: repos, label: 'push', group: 'Repos', hint: 4 },
  { id: 'workspace.sync', keys: ['s'], where: repos, label: 'sync', group: 'Repos', hint: 3 },
  { id: 'repo.reset', keys: ['R'], where: repos, label: 'reset to upstream', group: 'Repos' },
  { id: 'repo.clean', keys: ['C'], where: repos, label: 'delete untracked files', group: 'Repos' },
  { id: 'workspace.exec', keys: ['x'], where: repos, label: 'run a command', group: 'Repos' },
  { id: 'workspace.add', keys: ['n'], where: repos, label: 'new repo', group: 'Repos' },
  { id: 'workspace.remove', keys: ['d'], where: repos, label: 'remove from workspace', group: 'Repos' },

  { id: 'worktree.add', keys: ['n'], where: worktrees, label: 'new', group: 'Worktrees', hint: 1 },
  { id: 'worktree.remove', keys: ['d'], where: worktrees, label: 'remove', group: 'Worktrees', hint: 2 },
  { id: 'worktrees.lock', keys: ['K'], where: worktrees, label: 'lock or unlock', group: 'Worktrees' },
  {
    id: 'worktrees.lease',
    keys: ['H'],
    where: worktrees,
    label: 'hold or let go',
    group: 'Worktrees',
    hint: 3,
  },
  { id: 'worktree.exec', keys: ['x'], where: worktrees, label: 'run a command', group: 'Worktrees' },
  { id: 'worktree.prune', keys: ['C'], where: worktrees, label: 'forget what is gone', group: 'Worktrees' },

  { id: 'flow.start', keys: ['n'], where: flow, label: 'start', group: 'Flow', hint: 1 },
  { id: 'flow.finish', keys: ['F'], where: flow, label: 'finish', group: 'Flow', hint: 2 },
  { id: 'flow.publish', keys: ['P'], where: flow, label: 'publish', group: 'Flow', hint: 4 },
  { id: 'flow.update', keys: ['p'], where: flow, label: 'update', group: 'Flow', hint: 5 },
  { id: 'flow.checkout', keys: ['S'], where: flow, label: 'switch to it', group: 'Flow', hint: 3 },
  { id: 'flow.sync', keys: ['s'], where: flow, label: 'sync', group: 'Flow' },
  { id: 'flow.rename', keys: ['M'], where: flow, label: 'rename', group: 'Flow' },
  { id: 'flow.delete', keys: ['d'], where: flow, label: 'delete', group: 'Flow' },

  { id: 'worker.spawn', keys: ['n'], where: workers, label: 'new', group: 'Workers', hint: 1 },
  { id: 'workers.toggle', keys: ['s'], where: workers, label: 'stop or start', group: 'Workers', hint: 2 },
  { id: 'worker.restart', keys: ['R'], where: workers, label: 'restart', group: 'Workers', hint: 3 },
  { id: 'worker.infer', keys: ['i'], where: workers, label: 'ask it', group: 'Workers', hint: 4 },
  { id: 'worker.remove', keys: ['d'], where: workers, label: 'remove', group: 'Workers' },

  { id: 'models.download', keys: ['n'], where: models, label: 'download', group: 'Models', hint: 1 },
  { id: 'models.toggle', keys: ['s'], where: models, label: 'pause or go on', group: 'Models', hint: 2 },
  { id: 'models.verify', keys: ['c'], where: models, label: 'verify', group: 'Models', hint: 3 },
  { id: 'models.spawn', keys: ['a'], where: models, label: 'serve it', group: 'Models', hint: 4 },
  { id: 'models.prioritise', keys: ['P'], where: models, label: 'download first', group: 'Models' },
  { id: 'models.cancel', keys: ['x'], where: models, label: 'end the download', group: 'Models' },
  { id: 'models.delete', keys: ['d'], where: models, label: 'delete', group: 'Models' },

  { id: 'service.start', keys: ['n'], where: services, label: 'new', group: 'Services', hint: 1 },
  { id: 'services.toggle', keys: ['s'], where: services, label: 'stop or start', group: 'Services', hint: 2 },
  { id: 'service.restart', keys: ['R'], where: services, label: 'restart', group: 'Services', hint: 3 },
  { id: 'service.reload', keys: ['U'], where: services, label: 'restart one by one', group: 'Services' },
  { id: 'service.scale', keys: ['a'], where: services, label: 'scale', group: 'Services', hint: 4 },
  { id: 'service.deploy', keys: ['D'], where: services, label: 'deploy again', group: 'Services' },
  { id: 'service.rollback', keys: ['B'], where: services, label: 'roll back', group: 'Services' },
  { id: 'service.remove', keys: ['d'], where: services, label: 'remove', group: 'Services' },

  {
    id: 'log.open',
    keys: ['L'],
    where: [...workers, ...services, ...health],
    label: 'log',
    group: 'Panes',
    hint: 5,
  },
  { id: 'log.search', keys: ['/'], where: log, label: 'search', group: 'Log', hint: 1 },
  { id: 'log.full', keys: ['L'], where: log, label: 'full screen', group: 'Log', hint: 2 },
  { id: 'log.follow', keys: ['f'], where: log, label: 'follow', group: 'Log' },
  { id: 'log.wrap', keys: ['w'], where: log, label: 'wrap', group: 'Log', hint: 5 },
  { id: 'log.times', keys: ['t'], where: log, label: 'times', group: 'Log', hint: 6 },
  { id: 'log.raw', keys: ['p'], where: log, label: 'JSON as it is', group: 'Log' },
  { id: 'log.mark', keys: ['m', 'space'], where: log, label: 'mark', group: 'Log', hint: 7 },
  { id: 'log.mark-next', keys: ["'"], where: log, label: 'next mark', group: 'Log' },
  { id: 'log.mark-previous', keys: ['"'], where: log, label: 'previous mark', group: 'Log' },
  { id: 'log.range', keys: ['T'], where: log, label: 'range', group: 'Log', hint: 8 },
  { id: 'log.filter', keys: ['&'], where: log, label: 'only lines with', group: 'Log', hint: 9 },
  { id: 'log.moment', keys: ['J'], where: log, label: 'to a time', group: 'Log', hint: 13 },
  { id: 'log.save', keys: ['W'], where: log, label: 'save', group: 'Log', hint: 14 },

  {
    id: 'jump.worktrees',
    keys: ['w'],
    where: ['repos', 'flow'],
    label: 'its worktrees',
    group: 'Jump',
    hint: 13,
  },
  {
    id: 'jump.flow',
    keys: ['b'],
    where: ['repos', 'worktrees'],
    label: 'its flow branches',
    group: 'Jump',
    hint: 14,
  },
  { id: 'jump.repos', keys: ['J'], where: ['worktrees', 'flow'], label: 'its repo', group: 'Jump', hint: 15 },
  { id: 'jump.services', keys: ['J'], where: health, label: 'its service', group: 'Jump', hint: 1 },
  { id: 'jump.workers', keys: ['w'], where: health, label: 'its worker', group: 'Jump', hint: 2 },
  { id: 'detail.logs', keys: ['L'], where: ['repos', 'worktrees', 'flow'], label: 'log', group: 'Panes' },

  { id: 'activity.undo', keys: ['u'], where: activity, label: 'undo this', group: 'Activity', hint: 1 },
  { id: 'resume', keys: ['c'], where: activity, label: 'continue this', group: 'Activity', hint: 2 },
  {
    id: 'activity.retry',
    keys: ['t'],
    where: activity,
    label: 'try failed again',
    group: 'Activity',
    hint: 3,
  },

  { id: 'undo', keys: ['z'], where: screen, label: 'undo', group: 'Work', hint: 30 },
  { id: 'redo', keys: ['Z'], where: screen, label: 'redo', group: 'Work' },
  { id: 'screen.refresh', keys: ['r'], where: screen, label: 'refresh', group: 'Work' },
  { id: 'job.cancel', keys: ['ctrl+c'], where: always, label: 'cancel what runs', group: 'Work' },
  { id: 'copy.open', keys: ['y'], where: listAndDetail, label: 'copy', group: 'Work', hint: 31 },
  { id: 'shell.open', keys: ['!'], where: listAndDetail, label: 'shell here', group: 'Work' },
  { id: 'page.open', keys: ['o'], where: listAndDetail, label: 'open outside', group: 'Work' },
  { id: 'editor.open', keys: ['e'], where: listAndDetail, label: 'edit here', group: 'Work' },

  { id: 'palette.open', keys: [':'], where: always, label: 'command', group: 'Screen', hint: 40 },
  { id: 'help.open', keys: ['?'], where: always, label: 'help', group: 'Screen', pinned: true },
  { id: 'log.toggle', keys: ['@'], where: screen, label: 'command log', group: 'Screen' },
  { id: 'history.back', keys: ['-', 'ctrl+o'], where: screen, label: 'where you were', group: 'Screen' },
  { id: 'history.forward', keys: ['ctrl+p'], where: screen, label: 'and forward again', group: 'Screen' },
  { id: 'screen.quit', keys: ['q'], where: always, label: 'back or quit', group: 'Screen', hint: 42 },
  { id: 'screen.suspend', keys: ['ctrl+z'], where: always, label: 'suspend', group: 'Screen' },
  { id: 'screen.redraw', keys: ['ctrl+l'], where: always, label: 'draw again', group: 'Screen' },

  { id: 'text.left', keys: ['left'], where: text, label: 'left', group: 'Text' },
  { id: 'text.right', keys: ['right'], where: text, label: 'right', group: 'Text' },
  { id: 'text.start', keys: ['home', 'ctrl+a'], where: text, label: 'to the start', group: 'Text' },
  { id: 'text.end', keys: ['end', 'ctrl+e'], where: text, label: 'to the end', group: 'Text' },
  { id: 'text.delete-left', keys: ['backspace'], where: text, label: 'delete left', group: 'Text' },
  { id: 'text.delete-right', keys: ['delete'], where: text, label: 'delete right', group: 'Text' },
  { id: 'text.delete-word', keys: ['ctrl+w'], where: text, label: 'delete a word', group: 'Text' },
  { id: 'text.delete-all', keys: ['ctrl+u'], where: text, label: 'delete all', group: 'Text' },

  { id: 'prompt.take', keys: ['enter'], where: ['prompt'], label: 'go on', group: 'Prompt', hint: 1 },
  { id: 'filter.keep', keys: ['enter'], where: ['filter'], label: 'keep', group: 'Filter', hint: 1 },

  { id: 'menu.down', keys: ['down', 'ctrl+n'], where: menu, label: 'down', group: 'Menu' },
  { id: 'menu.up', keys: ['up', 'ctrl+p'], where: menu, label: 'up', group: 'Menu' },
  { id: 'menu.page-down', keys: ['pagedown', 'ctrl+d'], where: menu, label: 'page down', group: 'Menu' },
  { id: 'menu.page-up', keys: ['pageup'], where: menu, label: 'page up', group: 'Menu' },
  { id: 'menu.run', keys: ['enter'], where: menu, label: 'run', group: 'Menu', hint: 1 },
  { id: 'menu.complete', keys: ['tab'], where: ['palette'], label: 'complete', group: 'Menu', hint: 2 },

  { id: 'form.next', keys: ['tab', 'down'], where: ['form'], label: 'next field', group: 'Form', hint: 2 },
  { id: 'form.previous', keys: ['shift+tab', 'up'], where: ['form'], label: 'previous field', group: 'Form' },
  { id: 'form.change', keys: ['space', 'right'], where: ['choice'], label: 'change', group: 'Form', hint: 3 },
  { id: 'form.take', keys: ['right'], where: ['suggested'], label: 'take it', group: 'Form', hint: 4 },
  { id: 'form.submit', keys: ['enter'], where: ['form'], label: 'run', group: 'Form', hint: 1 },

  { id: 'confirm.yes', keys: ['y'], where: ['confirm'], label: 'do it', group: 'Confirm', hint: 1 },
  {
    id: 'confirm.no',
    keys: ['n', 'q'],
    where: ['confirm', 'declined'],
    label: 'leave it',
    group: 'Confirm',
    hint: 2,
  },
  {
    id: 'confirm.change',
    keys: ['e'],
    where: ['confirm', 'declined'],
    label: 'change',
    group: 'Confirm',
    hint: 3,
  },
  { id: 'confirm.typed', keys: ['enter'], where: ['typing'], label: 'go on', group: 'Confirm', hint: 1 },
  { id: 'plan.down', keys: ['down'], where: ['typing'], label: 'plan down', group: 'Confirm' },
  { id: 'plan.up', keys: ['up'], where: ['typing'], label: 'plan up', group: 'Confirm' },
  { id: 'plan.page-down', keys: ['pagedown'], where: ['typing'], label: 'plan page down', group: 'Confirm' },
  { id: 'plan.page-up', keys: ['pageup'], where: ['typing'], label: 'plan page up', group: 'Confirm' },
  { id: 'viewer.close', keys: ['q', 'enter'], where: ['viewer'], label: 'close', group: 'Viewer', hint: 1 },
  {
    id: 'dialog.close',
    keys: ['esc', 'ctrl+c'],
    where: ['dialog'],
    label: 'close',
    group: 'Dialog',
    hint: 9,
  },

  { id: 'welcome.adopt', keys: ['a'], where: ['welcome'], label: 'take these in', group: 'Welcome', hint: 1 },
  { id: 'welcome.demo', keys: ['m'], where: ['welcome'], label: 'make a demo', group: 'Welcome', hint: 2 },
];
