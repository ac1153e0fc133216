/** One model of a catalog. */
export interface Entry {
  id: string;
  name: string;
  /** Repository on the Hub; absent of a model that was registered from this machine. */
  repo?: string;
  /** Path of its file in the repository, and below its directory. The first, where the model is in numbered shards. */
  file: string;
  /** Branch, tag or commit; that of the repository where nothing is said. */
  revision?: string;
  /** Below the model directory, or absolute. */
  dir: string;
  /** Nominal. */
  sizeBytes: number;
  params?: string;
  description?: string;
  /** Somebody has seen that file in that repository. */
  verified: boolean;
  /** Why it may not be there. */
  doubt?: string;
  sha256?: string;
  /** Its file is made of the repository's PyTorch files. */
  requiresConversion: boolean;
  converter?: string;
  /** Below the root of the workspace. */
  converterScript?: string;
  converterArgs: string[];
  source: Origin;
}

/** Whose catalog an entry stands in. */
export type Origin = 'shipped' | 'user' | 'workspace';
