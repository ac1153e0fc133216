/** What runs an artifact of 0.0.7. */
export const JOSFOXAI_KEYS = [
  'jos',
  'orchestration_contract',
  'security',
  'files',
  'orchestration',
  'x_run_params',
  'adaptive_ai',
  'id_jos',
] as const;

/** What it means. */
export const MAGIC_KEYS = ['meta', 'artifacts', 'guardrails', 'intention', 'capabilities'] as const;

/** Those of the keys that the top level lacks, or that say nothing: null, false, zero, an empty text. */
export function lacking<K extends string>(keys: readonly K[], root: Readonly<Record<string, unknown>>): K[] {
  return keys.filter((key) => !root[key]);
}
