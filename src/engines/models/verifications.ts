import type { Store } from '#engines/store/store.ts';
import type { EXPECTATIONS, VERDICTS } from './types.ts';

/** One look at one file, as it was then. */
export interface Verification {
  model: string;
  path: string;
  /** Bytes. */
  size: number;
  /** When the file was last changed, in whole milliseconds since the epoch. */
  mtime: number;
  verdict: (typeof VERDICTS)[number];
  why: string | null;
  sha256: string | null;
  expected: string | null;
  /** Who says what is expected. */
  expectedBy: (typeof EXPECTATIONS)[number] | null;
  /** Milliseconds since the epoch. */
  at: number;
}

/** Looks at one file that are remembered. */
const KEPT = 50;

export function recordVerification({ database }: Store, told: Verification): void {
  const { model, path, size, mtime, verdict, why, sha256, expected, expectedBy, at } = told;
  database
    .prepare('INSERT INTO model_verifications VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
    .run(model, path, size, mtime, verdict, why, sha256, expected, expectedBy, at);
  database
    .prepare(
      `DELETE FROM model_verifications WHERE path = $path AND id NOT IN
        (SELECT id FROM model_verifications WHERE path = $path ORDER BY id DESC LIMIT ${KEPT})`,
    )
    .run({ path });
}

/** The newest first. */
export function verificationsOf({ database }: Store, path: string): Verification[] {
  return database
    .prepare('SELECT * FROM model_verifications WHERE path = ? ORDER BY id DESC')
    .all(path)
    .map(verificationOf);
}

/** The newest look at every file. */
export function lastVerifications({ database }: Store): Map<string, Verification> {
  const sql = `SELECT * FROM model_verifications WHERE id IN
    (SELECT max(id) FROM model_verifications GROUP BY path)`;
  return new Map(
    database
      .prepare(sql)
      .all()
      .map(verificationOf)
      .map((one) => [one.path, one]),
  );
}

function verificationOf(row: Record<string, unknown>): Verification {
  const textOf = (value: unknown) => (value === null ? null : String(value));
  return {
    model: String(row.model),
    path: String(row.path),
    size: Number(row.size),
    mtime: Number(row.mtime),
    verdict: String(row.verdict) as Verification['verdict'],
    why: textOf(row.why),
    sha256: textOf(row.sha256),
    expected: textOf(row.expected),
    expectedBy: textOf(row.expected_by) as Verification['expectedBy'],
    at: Number(row.at),
  };
}
