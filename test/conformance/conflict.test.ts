import { conform } from './conform.ts';
import { begun, clashing, mergeAborted, merged, resolved, steps } from './steps.ts';

const VERSIONS = [
  { branch: 'release/1.0.0', from: 'develop', words: 'release finish 1.0.0' },
  { branch: 'hotfix/1.0.1', from: 'main', words: 'hotfix finish 1.0.1' },
] as const;

for (const { branch, from, words } of VERSIONS) {
  const open = begun(branch, { from });
  const finish = `${words} -m Done`;
  const stopped = { flow: finish, ends: 'conflict' } as const;
  const clashingWithMain = steps(open, clashing('main'));
  const clashingWithDevelop = steps(open, clashing('develop'));

  conform(`${words} in a conflict`, [
    {
      name: 'with main goes on once that is committed',
      given: [clashingWithMain],
      runs: [stopped, stopped, merged, finish],
    },
    {
      name: 'with main begins anew once it was aborted',
      given: [clashingWithMain],
      runs: [stopped, mergeAborted, stopped],
    },
    {
      name: 'with main goes nowhere while the resolution is not committed',
      given: [clashingWithMain],
      runs: [stopped, resolved, { flow: finish, ends: 'refused' }],
    },
    {
      name: 'with develop goes on once that is committed',
      given: [clashingWithDevelop],
      runs: [stopped, stopped, merged, finish],
    },
    {
      name: 'with develop begins there once it was aborted',
      given: [clashingWithDevelop],
      runs: [stopped, mergeAborted, stopped, merged, finish],
    },
    {
      name: 'with develop, without a tag',
      given: [clashingWithDevelop],
      runs: [{ flow: `${words} -n`, ends: 'conflict' }, merged, `${words} -n`],
    },
  ]);
}
