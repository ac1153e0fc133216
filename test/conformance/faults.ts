/** What AVH does that nobody should repeat, each with its reason. A case that differs for another reason fails. */
export const FAULTS = {
  'origin-before-develop':
    'finishing a published branch deletes it on origin while the work is in no branch there: it exists only here',
  'tag-message': 'the name of the tag is appended to the message that was given',
  'checkout-missing': 'switching to a branch that does not exist, or is not the only one, ends with 0',
  'base-key-left': 'a start that fails leaves the base of a branch in the configuration that was never made',
  'empty-hotfix': 'a hotfix without a commit is tagged as if it had fixed something',
  'all-tags': 'every tag there is gets pushed, others than that of the release too',
  'head-moved': 'a delete that is refused has switched to another branch before',
  'push-ignored': 'a push that origin rejected ends with 0, as if it had been published',
  'hotfix-untracked': 'a hotfix of origin is never found, fetched or not',
  undeleted: 'a branch that another worktree has is merged, forgotten, and left there, and that ends with 0',
  'merged-elsewhere':
    'a branch that another worktree has is not merged into, though git does that there as well',
  'third-branch': 'beside any third branch develop is not made, and half of the configuration is left',
  'master-develops': 'master is taken for develop where it stands beside main',
  'base-by-remote':
    'whether the base of a branch is forgotten goes by the branch on origin alone: it stays where the branch is gone, and is forgotten where it is there',
  'two-messages': 'that two messages are too many is found when main is merged already',
  'master-unborn': 'a repository without a commit whose branch is main gets a branch master',
  'filter-ignored': 'a filter that fails is taken for one that has answered',
  'nested-names': 'names of several parts are left out of lists',
} as const;

export type Fault = keyof typeof FAULTS;
