/** One step of the schema. Migrations only add; what an older program cannot live with raises `reads` or `writes`. */
export interface Migration {
  version: number;
  /** The oldest schema version whose programs may still read, or write, a database with this migration. */
  reads: number;
  writes: number;
  sql: string;
}

export const MIGRATIONS: readonly Migration[] = [
  {
    version: 1,
    reads: 1,
    writes: 1,
    sql: `
      CREATE TABLE plans (
        hash TEXT PRIMARY KEY,
        plan TEXT NOT NULL,
        shown_at INTEGER NOT NULL,
        shown_to TEXT NOT NULL
      ) STRICT;

      CREATE TABLE activities (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        action TEXT NOT NULL,
        input TEXT NOT NULL,
        workspace TEXT,
        actor TEXT NOT NULL,
        process TEXT NOT NULL,
        plan TEXT REFERENCES plans (hash),
        status TEXT NOT NULL,
        failure TEXT,
        undoes INTEGER REFERENCES activities (id),
        undone_by INTEGER REFERENCES activities (id),
        started_at INTEGER NOT NULL,
        ended_at INTEGER
      ) STRICT;
      CREATE INDEX activities_by_workspace ON activities (workspace, id);

      CREATE TABLE steps (
        activity INTEGER NOT NULL REFERENCES activities (id),
        step TEXT NOT NULL,
        op TEXT,
        args TEXT,
        commands TEXT NOT NULL,
        receipt TEXT,
        intent_at INTEGER NOT NULL,
        PRIMARY KEY (activity, step)
      ) STRICT;

      CREATE TABLE locks (
        target TEXT PRIMARY KEY,
        activity INTEGER NOT NULL,
        process TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE trust (
        workspace TEXT PRIMARY KEY,
        commands TEXT NOT NULL,
        trusted_by TEXT NOT NULL,
        trusted_at INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
    `,
  },
  {
    version: 2,
    reads: 1,
    // A program that knows nothing of leases would destroy what another holds.
    writes: 2,
    sql: `
      CREATE TABLE leases (
        path TEXT PRIMARY KEY,
        workspace TEXT NOT NULL,
        repo TEXT NOT NULL,
        worktree_set TEXT,
        holder TEXT NOT NULL,
        note TEXT,
        lasts INTEGER NOT NULL,
        taken_at INTEGER NOT NULL,
        beat_at INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
    `,
  },
  {
    version: 3,
    reads: 1,
    writes: 2,
    sql: `
      CREATE TABLE processes (
        name TEXT PRIMARY KEY,
        spec TEXT NOT NULL,
        desired TEXT NOT NULL,
        status TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        changed_at INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE runs (
        run TEXT PRIMARY KEY,
        process TEXT NOT NULL,
        identity TEXT,
        started_at INTEGER NOT NULL,
        ended_at INTEGER,
        exit TEXT
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX runs_by_process ON runs (process, started_at);

      CREATE TABLE services (
        name TEXT PRIMARY KEY,
        definition TEXT NOT NULL,
        created_at INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE variables (
        set_name TEXT NOT NULL,
        name TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (set_name, name)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE vaults (
        set_name TEXT PRIMARY KEY,
        vault TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE releases (
        service TEXT NOT NULL,
        number INTEGER NOT NULL,
        release TEXT NOT NULL,
        deployed_at INTEGER NOT NULL,
        PRIMARY KEY (service, number)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE schedules (
        name TEXT PRIMARY KEY,
        definition TEXT NOT NULL,
        paused INTEGER NOT NULL,
        progress TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE triggers (
        name TEXT PRIMARY KEY,
        definition TEXT NOT NULL,
        paused INTEGER NOT NULL,
        progress TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE trigger_sights (
        name TEXT PRIMARY KEY,
        since INTEGER NOT NULL,
        seen TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE job_runs (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL,
        name TEXT NOT NULL,
        moment INTEGER,
        run TEXT NOT NULL,
        ended_at INTEGER
      ) STRICT;
      CREATE UNIQUE INDEX job_runs_by_moment ON job_runs (kind, name, moment);
      CREATE INDEX job_runs_open ON job_runs (id) WHERE ended_at IS NULL;
    `,
  },
  {
    version: 4,
    reads: 1,
    writes: 2,
    // What refers to a row is looked for whenever one goes.
    sql: `
      CREATE TABLE downloads (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        path TEXT NOT NULL,
        spec TEXT NOT NULL,
        state TEXT NOT NULL,
        phase TEXT NOT NULL,
        rank REAL NOT NULL,
        created_at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX downloads_by_path ON downloads (path, id);

      CREATE INDEX activities_by_undoes ON activities (undoes) WHERE undoes IS NOT NULL;
      CREATE INDEX activities_by_undone_by ON activities (undone_by) WHERE undone_by IS NOT NULL;
      CREATE INDEX activities_by_plan ON activities (plan);

      CREATE TABLE gate_routes (
        model TEXT NOT NULL,
        endpoint TEXT NOT NULL,
        weight INTEGER NOT NULL,
        fallback INTEGER NOT NULL,
        position INTEGER NOT NULL,
        PRIMARY KEY (model, endpoint)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE gate_models (
        name TEXT PRIMARY KEY,
        directory TEXT NOT NULL,
        file TEXT NOT NULL,
        size INTEGER NOT NULL,
        registered_at INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE model_verifications (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        model TEXT NOT NULL,
        path TEXT NOT NULL,
        size INTEGER NOT NULL,
        mtime INTEGER NOT NULL,
        verdict TEXT NOT NULL,
        why TEXT,
        sha256 TEXT,
        expected TEXT,
        expected_by TEXT,
        at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX model_verifications_by_path ON model_verifications (path, id);
    `,
  },
];
