import type { FlowState } from '../state.ts';
import type { Finish } from './input.ts';

/** git-flow's own defaults for the options of a finish: `gitflow.feature.finish.no-ff`. */
const FLAGS = {
  keep: 'keep',
  keepremote: 'keepremote',
  keeplocal: 'keeplocal',
  squash: 'squash',
  squashInfo: 'squash-info',
  rebase: 'rebase',
  noFf: 'no-ff',
  push: 'push',
  pushproduction: 'pushproduction',
  pushdevelop: 'pushdevelop',
  pushtag: 'pushtag',
  sign: 'sign',
  fetch: 'fetch',
  notag: 'notag',
  nobackmerge: 'nobackmerge',
  nodevelopmerge: 'nodevelopmerge',
  ffMaster: 'ff-master',
} as const satisfies Partial<Record<keyof Finish, string>>;

/** What the repository's configuration asks for beside what was said, and what one option means for others. */
export function asConfigured({ model }: FlowState, finish: Finish): Finish {
  const configured = (option: string) =>
    model.values.get(`gitflow.${finish.kind}.${finish.verb}.${option}`) || undefined;
  const flags = Object.entries(FLAGS).filter(([, option]) => isTrue(configured(option)));
  const isWorded = finish.message !== undefined || finish.messagefile !== undefined;
  const told: Finish = {
    ...finish,
    message: isWorded ? finish.message : configured('message'),
    messagefile: isWorded ? finish.messagefile : configured('messagefile'),
    signingkey: finish.signingkey ?? configured('signingkey'),
    ...Object.fromEntries(flags.map(([name]) => [name, true])),
  };
  return {
    ...told,
    keep: told.keep || (told.keepremote && told.keeplocal),
    sign: told.sign || told.signingkey !== undefined,
    ...pushesOf(told),
  };
}

/** All is pushed, or what is named. */
function pushesOf({ push, ...named }: Finish) {
  const pushes = {
    pushproduction: push || named.pushproduction === true,
    pushdevelop: push || named.pushdevelop === true,
    pushtag: push || named.pushtag === true,
  };
  return { ...pushes, push: Object.values(pushes).includes(true) };
}

/** As git reads it. */
export function isTrue(value: string | undefined): boolean {
  return value !== undefined && (/^(true|yes|on)$/i.test(value) || Number(value) > 0);
}
