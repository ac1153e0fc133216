import { fact } from '#engines/core/fact.ts';

/**
 * How a branch stands to another ref, both by full name: `equal`, `ahead`, `behind`, `diverged`; `none` where one of
 * them is not there.
 */
export const gitStanding = fact<{ ref: string; against: string }>({
  id: 'git.standing',
  label: ({ ref, against }) => `how ${short(ref)} stands to ${short(against)}`,
  read: async () => (await import('./standing.ts')).readStandingFact,
});

function short(ref: string): string {
  return ref.replace(/^refs\/(heads|remotes|tags)\//, '');
}
