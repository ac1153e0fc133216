import * as z from 'zod/mini';
import { branchProblem, insideProblem, labelProblem, nameProblem, pathProblem, urlProblem } from './names.ts';
import { sound } from './sound.ts';

const command = () => z.optional(z.string());
const failOn = () => z.optional(z.string());

/** What makes a new worktree ready for work: untracked files of the main worktree to copy, and a command to run. */
const worktreeHooks = () => ({
  copy: z.optional(z.array(sound(insideProblem))),
  run_cmd: command(),
});

/** One `[[repos]]` table, with the file's own names. */
export const manifestRepoSchema = z.looseObject({
  name: sound(nameProblem),
  url: z.optional(sound(urlProblem)),
  /** Relative to the root, or absolute; the name where it is absent. */
  path: z.optional(sound(pathProblem)),
  default_branch: z._default(sound(branchProblem), 'main'),
  smctl_home: z._default(z.boolean(), false),
  setup_cmd: command(),
  build_cmd: command(),
  test_cmd: command(),
  clean_cmd: command(),
  depends_on: z._default(z.array(z.string()), []),
  worktree: z.optional(z.looseObject(worktreeHooks())),
});

/**
 * The manifest: that of smctl and what Gantry adds to it. Unknown keys are allowed everywhere and kept.
 * The names are the file's own.
 */
export const manifestSchema = z.looseObject({
  workspace: z.looseObject({ name: sound(labelProblem), root: z._default(z.string(), '.') }),
  repos: z._default(z.array(manifestRepoSchema), []),
  flow: table({
    main_branch: z._default(sound(branchProblem), 'main'),
    develop_branch: z._default(sound(branchProblem), 'develop'),
    feature_prefix: z._default(z.string(), 'feature/'),
    release_prefix: z._default(z.string(), 'release/'),
    hotfix_prefix: z._default(z.string(), 'hotfix/'),
    tag_prefix: z._default(z.string(), 'v'),
  }),
  worktree: table({
    base_dir: z._default(z.string(), '.worktrees'),
    auto_create_branch: z._default(z.boolean(), true),
    cleanup_on_remove: z._default(z.boolean(), true),
    ...worktreeHooks(),
  }),
  spec: table({ openspec_dir: z._default(z.string(), 'openspec') }),
  gate: z.optional(z.looseObject({ url: z.optional(z.string()), timeout_secs: z.optional(z.number()) })),
  logging: z.optional(
    z.looseObject({
      transports: z.optional(z.array(z.enum(['stderr', 'file', 'syslog']))),
      file: z.optional(z.string()),
      facility: z.optional(
        z.string().check(z.regex(/^(daemon|local[0-7])$/, 'expected daemon or local0 to local7')),
      ),
      level: z.optional(z.string()),
    }),
  ),
  verify: z.optional(
    z.looseObject({
      policy: z.optional(z.looseObject({ sources: z.optional(z.array(z.string())), fail_on: failOn() })),
      model: z.optional(
        z.looseObject({
          specs: z.optional(z.array(z.string())),
          fail_on: failOn(),
          jar: z.optional(z.string()),
          workers: z.optional(z.number()),
        }),
      ),
      proof: z.optional(z.looseObject({ roots: z.optional(z.array(z.string())), fail_on: failOn() })),
      protocol: z.optional(z.looseObject({ specs: z.optional(z.array(z.string())), fail_on: failOn() })),
    }),
  ),
  /** Templates of workers; engines/worker knows their keys. */
  backends: z.optional(z.record(z.string(), z.unknown())),
  /** Settings of this workspace; engines/config knows their keys. */
  settings: z.optional(z.record(z.string(), z.unknown())),
});

export type Manifest = z.infer<typeof manifestSchema>;
export type ManifestRepo = z.infer<typeof manifestRepoSchema>;

/** A table that may be absent; its keys have defaults of their own. */
function table<S extends z.core.$ZodLooseShape>(shape: S) {
  return z.prefault(z.looseObject(shape), {} as never);
}
