import { conform } from './conform.ts';
import { FAULTS } from './faults.ts';
import { expectSameDiff, expectSameList } from './reading.ts';
import { begun, clashing, git, on, workOn } from './steps.ts';
import type { Step } from './twin.ts';

const listed =
  (kind: string): Step =>
  (twin) =>
    expectSameList(twin, kind);

const diffed =
  (kind: string, name?: string): Step =>
  (twin) =>
    expectSameDiff(twin, kind, name);

conform('list', [
  { name: 'of nothing', runs: [listed('feature'), listed('release')] },
  {
    name: 'of some',
    given: [begun('feature/login'), begun('feature/logout'), begun('bugfix/typo'), on('feature/login')],
    runs: [listed('feature'), listed('bugfix')],
  },
  {
    name: `of names of several parts; git-flow: ${FAULTS['nested-names']}`,
    given: [begun('feature/login'), begun('feature/form/field'), on('feature/login')],
    runs: [(twin) => expectSameList(twin, 'feature', { leftOut: ['form/field'] })],
  },
  {
    name: 'of those beside develop',
    given: [begun('release/1.0.0'), on('develop')],
    runs: [listed('release')],
  },
  {
    name: 'of the others',
    given: [begun('hotfix/1.0.1', { from: 'main' }), git('branch', 'support/1.x', 'main')],
    runs: [listed('hotfix'), listed('support')],
  },
  {
    name: 'in a merge that stopped',
    given: [begun('feature/login'), clashing('develop')],
    runs: [{ flow: 'feature finish login', ends: 'conflict' }, listed('feature')],
  },
]);

conform('diff', [
  {
    name: 'by name',
    given: [begun('feature/login', { commits: 2 }), on('develop')],
    runs: [diffed('feature', 'login')],
  },
  { name: 'of the one that is checked out', given: [begun('feature/login')], runs: [diffed('feature')] },
  {
    name: 'against a base that has moved',
    given: [begun('feature/login'), workOn('develop')],
    runs: [diffed('feature', 'login')],
  },
  {
    name: 'against another base',
    given: [workOn('main'), begun('bugfix/typo', { from: 'main' })],
    runs: [diffed('bugfix', 'typo')],
  },
  { name: 'of nothing', given: [begun('feature/login', { commits: 0 })], runs: [diffed('feature', 'login')] },
]);
