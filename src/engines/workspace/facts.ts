import { fact } from '#engines/core/fact.ts';

/** Fingerprint of a manifest's text; `absent` where there is none. */
export const workspaceManifest = fact<{ file: string }>({
  id: 'workspace.manifest',
  label: ({ file }) => `the text of ${file}`,
  read: async () => (await import('./write.ts')).readManifestFact,
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
