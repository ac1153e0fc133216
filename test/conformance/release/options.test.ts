import { conform } from '../conform.ts';
import { begun, config, git, noted, on, published, signing, steps, withoutBase, workOn } from '../steps.ts';

const open = begun('release/1.0.0');
const fixing = begun('hotfix/1.0.1', { from: 'main' });
const finish = 'release finish 1.0.0 -m Released';
const KEY = '../../../home/signing.pub';
/** A key that nothing but the option names. */
const keyed = steps(signing, git('config', '--unset', 'user.signingKey'));
const notes = noted('Released\n\nAt last: 1.0.0.\n');

const localGone = (branch: string) => ({ fault: 'base-by-remote', mend: withoutBase(branch) }) as const;
const localThere = (branch: string, base: string) =>
  ({ fault: 'base-by-remote', mend: config(`gitflow.branch.${branch}.base`, base) }) as const;

conform('the tag of a version', [
  { name: 'signed by a key that is named', given: [keyed, open], runs: [`${finish} -u ${KEY}`] },
  {
    name: 'signed by a key of the configuration',
    given: [keyed, config('gitflow.release.finish.signingkey', KEY), open],
    runs: [finish],
  },
  { name: 'with the message of a file', given: [notes, open], runs: ['release finish 1.0.0 -f ../notes'] },
  {
    name: 'with the message of a file of the configuration',
    given: [notes, config('gitflow.release.finish.messagefile', '../notes'), open],
    runs: ['release finish 1.0.0'],
  },
  {
    name: 'with two messages',
    given: [notes, open],
    runs: [
      {
        flow: 'release finish 1.0.0 --message Released -f ../notes',
        ends: 'refused',
        differs: {
          fault: 'two-messages',
          mend: steps(git('reset', '--quiet', '--hard', 'HEAD^'), on('release/1.0.0')),
        },
      },
    ],
  },
  { name: 'of a hotfix, signed', given: [keyed, fixing], runs: [`hotfix finish 1.0.1 -m Fixed -u ${KEY}`] },
  { name: 'of a hotfix, of a file', given: [notes, fixing], runs: ['hotfix finish 1.0.1 -f ../notes'] },
]);

conform('finishing a version keeps', [
  {
    name: 'a published release',
    on: 'cloned',
    given: [open, published('release/1.0.0')],
    runs: [{ flow: `${finish} -p --keepremote`, differs: localGone('release/1.0.0') }],
  },
  {
    name: 'a local release',
    on: 'cloned',
    given: [open, published('release/1.0.0')],
    runs: [{ flow: `${finish} -p --keeplocal`, differs: localThere('release/1.0.0', 'develop') }],
  },
  {
    name: 'a release, here and there',
    on: 'cloned',
    given: [open, published('release/1.0.0')],
    runs: [`${finish} -p --keeplocal --keepremote`],
  },
  {
    name: 'a published hotfix, by the configuration',
    on: 'cloned',
    given: [config('gitflow.hotfix.finish.keepremote', 'true'), fixing, published('hotfix/1.0.1')],
    runs: [{ flow: 'hotfix finish 1.0.1 -m Fixed -p', differs: localGone('hotfix/1.0.1') }],
  },
  {
    name: 'a local hotfix',
    given: [fixing],
    runs: [{ flow: 'hotfix finish 1.0.1 -m Fixed --keeplocal', differs: localThere('hotfix/1.0.1', 'main') }],
  },
  { name: 'nothing', given: [open], runs: [`${finish} -D`] },
]);

conform('release finish, in part', [
  { name: 'not into develop', given: [open], runs: [`${finish} --nodevelopmerge`] },
  {
    name: 'not into develop, by the configuration',
    given: [config('gitflow.release.finish.nodevelopmerge', 'true'), open],
    runs: [finish],
  },
  ...['pushproduction', 'pushdevelop', 'pushtag'].map((option) => ({
    name: `with ${option}`,
    on: 'cloned' as const,
    given: [open],
    runs: [`${finish} --${option}`],
  })),
]);

const release = 'release branch 1.0.0 -m Released';

conform('release branch', [
  { name: 'develop', runs: [release] },
  { name: 'develop, where main has moved', given: [workOn('main')], runs: [release] },
  { name: 'develop, from a feature', given: [begun('feature/login')], runs: [release] },
  {
    name: 'another branch',
    given: [git('branch', '--quiet', 'next', 'develop'), workOn('next', 2)],
    runs: ['release branch 1.0.0 next -m Released'],
  },
  { name: 'squashed', given: [workOn('develop', 2)], runs: [`${release} -S`] },
  { name: 'without a tag', runs: ['release branch 1.0.0 -n'] },
  { name: 'with a prefix of tags', given: [config('gitflow.prefix.versiontag', 'v')], runs: [release] },
  { name: 'signed', given: [keyed], runs: [`${release} -u ${KEY}`] },
  { name: 'with the message of a file', given: [notes], runs: ['release branch 1.0.0 -f ../notes'] },
  {
    name: 'without a tag, by the configuration',
    given: [config('gitflow.release.branch.notag', 'true')],
    runs: [release],
  },
  { name: 'twice', runs: [release, release] },
  { name: 'what is in main', given: [on('main'), git('merge', '--quiet', 'develop')], runs: [release] },
  { name: 'pushed', on: 'cloned', runs: [`${release} -p`] },
  {
    name: 'pushed, and a release after it',
    on: 'cloned',
    runs: [`${release} -p`, 'release start 1.1.0', workOn('develop'), 'release finish 1.1.0 -m Released -p'],
  },
  { name: 'main', runs: [{ flow: 'release branch 1.0.0 main -m Released', ends: 'refused' }] },
  {
    name: 'a feature',
    given: [begun('feature/login'), on('develop')],
    runs: [{ flow: 'release branch 1.0.0 feature/login -m Released', ends: 'refused' }],
  },
  {
    name: 'what is not there',
    runs: [{ flow: 'release branch 1.0.0 nothing -m Released', ends: 'refused' }],
  },
]);
