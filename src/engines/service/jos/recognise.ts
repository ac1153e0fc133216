import { isRecord } from '#engines/core/json.ts';
import type { Generation } from './artifact.ts';
import { JOSFOXAI_KEYS, lacking, MAGIC_KEYS } from './keys.ts';

type Root = Readonly<Record<string, unknown>>;

/** Keys that only 0.0.7 has; of those, what a draft of it does without. */
const OF_0_0_7 = ['id_jos', 'orchestration_contract', 'files', 'x_run_params', 'adaptive_ai', 'artifacts'];
const STRICT_ONLY = ['jos', 'files', 'x_run_params', 'adaptive_ai', 'artifacts'];

/** The generation that a file looks like, whether or not it keeps to it; `nested` is the one that nothing runs. */
export function recognise(root: Root): Generation | 'nested' {
  const { jos } = root;
  if (isRecord(jos) && 'version' in jos) return '1.0.0';
  if ('JOSFOXAI' in root || 'MAGIC' in root) return 'nested';
  if (lacking([...JOSFOXAI_KEYS, ...MAGIC_KEYS], root).length === 0) return '0.0.7-strict';
  if (!isOld(root)) return '1.0.0';
  return STRICT_ONLY.some((key) => key in root) ? '0.0.7-strict' : '0.0.7';
}

function isOld(root: Root): boolean {
  const { jos } = root;
  return OF_0_0_7.some((key) => key in root) || (isRecord(jos) && ('open' in jos || 'supports' in jos));
}
