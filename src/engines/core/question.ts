import type { DescribedPlan } from './report.ts';

/** The only prompts there are. */
export type Question =
  | { kind: 'approve'; plan: DescribedPlan }
  /** git or ssh wants a user name, a password, a passphrase or a yes to a host key. */
  | { kind: 'credential'; prompt: string; secret: boolean }
  /** The workspace brings commands that would run on this machine. */
  | { kind: 'trust'; workspace: string; commands: string[] };

export type Answer =
  | { kind: 'yes' }
  | { kind: 'no' }
  | { kind: 'text'; value: string }
  /** Nobody is there to answer: what a headless surface always says. */
  | { kind: 'needs-input' };
