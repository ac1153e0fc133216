import type { Finding } from './findings.ts';

/**
 * Of the format: 0.0.7-strict is what the 0.0.7 kernel validates (13 keys), 0.0.7 the later draft of a standard for it,
 * 1.0.0 the JOS object specification.
 */
export const GENERATIONS = ['0.0.7-strict', '0.0.7', '1.0.0'] as const;

export type Generation = (typeof GENERATIONS)[number];

/** What an artifact is held to; `auto` is the generation that it looks like. */
export const PROFILES = ['auto', ...GENERATIONS] as const;

export type Profile = (typeof PROFILES)[number];

export const KINDS = ['atom', 'flow', 'pipeline', 'service', 'task', 'agent', 'persona'] as const;

export type Kind = (typeof KINDS)[number];

/** What a `.jos` file says, whatever its generation. Times are milliseconds. */
export interface Artifact {
  generation: Generation;
  /** Of the file, absolute and without links: what it refers to stands relative to its directory. */
  path: string;
  /** The file as it was read. */
  text: string;
  /** Of the file's bytes, hexadecimal. */
  sha256: string;
  id?: string;
  /** As people wrote it; the file's name where it has none. */
  name: string;
  /** The name as a service, a directory and a URL have it: lower-case letters, digits, `-`, `_` and `.`. */
  slug: string;
  version?: string;
  description?: string;
  kind: Kind;
  /** It is meant to be kept running. */
  isService: boolean;
  objective?: string;
  successCriteria: string[];
  flows: ReadonlyMap<string, Flow>;
  definitions: ReadonlyMap<string, Definition>;
  guardrails: Guardrails;
  limits: Limits;
  health?: Probe;
  ready?: Probe;
  /** What it provides; what it can do. */
  capabilities: string[];
  /** Variables with their defaults. */
  environment: ReadonlyMap<string, string>;
  /** Files that it says it uses, as it says it. */
  files: string[];
  security: Security;
  integrity?: Integrity;
  /** Present where it declares that agents may call it. */
  a2a?: { agentCard?: string };
  /** What is odd and does not keep it from being used. */
  warnings: Finding[];
}

export interface Flow {
  description?: string;
  /** Names of definitions, in order. */
  steps: string[];
  /** By the name of a step, the condition that its author wrote down. */
  gates: ReadonlyMap<string, string>;
}

export type Definition = DefinitionBase &
  (
    | { type: 'shell'; command: string }
    /** Another artifact: a path, or the name of an installed one; `requireReference` finds it. */
    | { type: 'jos'; artifact: string }
    | { type: 'http'; url: string; method: string; headers: Record<string, string>; body?: string }
    | { type: 'function'; call: string }
    /** Nothing that can be run here: a flow with it has to be refused, with this reason. */
    | { type: 'unsupported'; declared: string; reason: string }
  );

interface DefinitionBase {
  description?: string;
  onFailure?: string;
}

/** As they are declared. */
export interface Guardrails {
  avoid: string[];
  require: string[];
  requireConfirmation: boolean;
  maxRetries?: number;
  timeoutMs?: number;
}

/** What a run has to hold itself to, whichever block said it. */
export interface Limits {
  timeoutMs?: number;
  /** How often a failed step is tried again. */
  retries: number;
  maxCostUsd?: number;
  maxTokens?: number;
}

export type Probe = { intervalMs?: number } & (
  | { kind: 'url'; url: string }
  | { kind: 'command'; command: string }
  /** On the port of the service. */
  | { kind: 'path'; path: string }
);

/** Requests, never grants. */
export interface Security {
  type?: string;
  tier?: 'sandbox' | 'standard' | 'privileged';
  permissions: string[];
}

export type Integrity =
  /** A file beside the artifact that has the SHA-256 of its text. */
  | { kind: 'manifest'; ref: string }
  /** In the artifact itself, of its canonical JSON. */
  | { kind: 'hash'; hash: string; signedBy?: string; timestamp?: string };
