import { fact } from '#engines/core/fact.ts';
import { namesIn } from './names.ts';

/** Fingerprint of a manifest's text; `absent` where there is none. */
export const workspaceManifest = fact<{ file: string }>({
  id: 'workspace.manifest',
  label: ({ file }) => `the text of ${file}`,
  read: async () => (await import('./write.ts')).readManifestFact,
});

/**
 * How a manifest stands to repos that are to be in it: `taken` where another repo has a name or a place of theirs, else
 * `absent` where one is missing, `extended` where more is said of one, `listed`.
 */
export const workspaceEntries = fact<{ file: string; entries: { name: string; [key: string]: string }[] }>({
  id: 'workspace.entries',
  label: ({ file, entries }) => `what ${file} says of ${namesIn(entries)}`,
  read: async () => (await import('./entries.ts')).readEntriesFact,
});

/** `nothing`, or what a clone has that would be lost with its files: `2 changed files, 1 stash`. */
export const workspaceRisk = fact<{ path: string }>({
  id: 'workspace.risk',
  label: ({ path }) => `what only ${path} has`,
  read: async () => (await import('./risk.ts')).readRiskFact,
});

/** `trusted` where a person trusts exactly the commands with this fingerprint, else `untrusted`. */
export const workspaceTrust = fact<{ root: string; commands: string }>({
  id: 'workspace.trust',
  label: ({ root }) => `the trust in the commands of ${root}`,
  read: async () => (await import('./trust.ts')).readTrustFact,
});

/** `yes` or `no` of the person who applies the plan, who is asked; `unasked` where nobody is there. */
export const workspaceConsent = fact<{ root: string; commands: string[] }>({
  id: 'workspace.consent',
  label: ({ root }) => `the answer whether the commands of ${root} are trusted`,
  read: async () => (await import('./consent.ts')).readConsentFact,
});
