import type { FlowState } from '../state.ts';
import type { Finish } from './input.ts';

/** git-flow's own defaults for the options of a finish: `gitflow.feature.finish.no-ff`. */
const FLAGS = {
  keep: 'keep',
  squash: 'squash',
  rebase: 'rebase',
  noFf: 'no-ff',
  push: 'push',
  sign: 'sign',
  fetch: 'fetch',
  notag: 'notag',
  nobackmerge: 'nobackmerge',
} as const satisfies Partial<Record<keyof Finish, string>>;

/** What the repository's configuration asks for beside what was said. */
export function asConfigured({ model }: FlowState, finish: Finish): Finish {
  const configured = (option: string) => model.values.get(`gitflow.${finish.kind}.finish.${option}`);
  const flags = Object.entries(FLAGS).filter(([, option]) => isTrue(configured(option)));
  return {
    ...finish,
    message: finish.message ?? configured('message'),
    ...Object.fromEntries(flags.map(([name]) => [name, true])),
  };
}

/** As git reads it. */
export function isTrue(value: string | undefined): boolean {
  return value !== undefined && (/^(true|yes|on)$/i.test(value) || Number(value) > 0);
}
