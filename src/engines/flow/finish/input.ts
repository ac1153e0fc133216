import type { FlowKind } from '#engines/git/flow-config.ts';
import type { Style } from '../plan.ts';

export interface FinishInput {
  name?: string;
  repos: string[];
  keep: boolean;
  keepremote: boolean;
  keeplocal: boolean;
  squash: boolean;
  squashInfo: boolean;
  rebase: boolean;
  noFf: boolean;
  push: boolean;
  sign: boolean;
  message?: string;
  fetch: boolean;
  style?: Style;
  /** Of releases and hotfixes alone. */
  tagname?: string;
  notag?: boolean;
  nobackmerge?: boolean;
  signingkey?: string;
  messagefile?: string;
  /** Of releases alone. */
  ffMaster?: boolean;
  nodevelopmerge?: boolean;
  pushproduction?: boolean;
  pushdevelop?: boolean;
  pushtag?: boolean;
}

/** A finish with everything known that does not depend on the repo. */
export interface Finish extends FinishInput {
  kind: FlowKind;
  /** As git-flow's configuration and hooks call it: a release is finished, or another branch is released. */
  verb: 'finish' | 'branch';
  name: string;
  branch: string;
  style: Style;
  /** Absolute paths of worktrees that the same plan removes: what is checked out there is in nobody's way. */
  leaving: ReadonlySet<string>;
}
