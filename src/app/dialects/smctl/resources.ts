import { readFileSync } from 'node:fs';
import { visibleJson } from '#engines/core/visible.ts';
import type { WorkspaceHead } from '#engines/workspace/types.ts';
import type { Acting, Made } from '../dialect.ts';
import type { DialectResource } from '../mcp/resources.ts';
import { dataOf } from '../told.ts';
import { flow } from './flow.ts';
import { workspace } from './workspace.ts';
import { worktree } from './worktree.ts';

const INDENT = 2;
const NOWHERE = { given: {}, place: { cwd: '/' } };

/** The documents of smctl; those of specs and models come with the parts that have them. */
export const RESOURCES: readonly DialectResource[] = [
  {
    uri: 'smctl://workspace/config',
    name: 'workspace config',
    title: 'Workspace manifest',
    description: 'The manifest of the workspace, as it stands in its file',
    mimeType: 'application/toml',
    calls: [{ action: 'workspace.show', input: {} }],
    content: (made) => {
      const { manifest = '' } = dataOf<WorkspaceHead>({ made }, 'workspace.show') ?? {};
      return readFileSync(manifest, 'utf8');
    },
    watch: 'repo.watch',
  },
  document({
    uri: 'smctl://workspace/status',
    name: 'workspace status',
    title: 'Workspace status',
    description: 'Branch and changes of every repo',
    parts: { repos: [workspace, 'workspace.status'] },
    watch: 'repo.watch',
  }),
  document({
    uri: 'smctl://flow/branches',
    name: 'flow branches',
    title: 'Active flow branches',
    description: 'Features, releases and hotfixes of every repo',
    parts: {
      features: [flow, 'flow.feature.list'],
      releases: [flow, 'flow.release.list'],
      hotfixes: [flow, 'flow.hotfix.list'],
    },
    watch: 'flow.watch',
  }),
  document({
    uri: 'smctl://worktree/list',
    name: 'worktree list',
    title: 'Worktree sets',
    description: 'Every worktree set with its worktrees',
    parts: { sets: [worktree, 'worktree.list'] },
    watch: 'worktree.watch',
  }),
];

interface Parts extends Pick<DialectResource, 'uri' | 'name' | 'title' | 'description' | 'watch'> {
  /** What the commands print as JSON, by the keys that the document has them under. */
  parts: Record<string, [commands: readonly Acting[], id: string]>;
}

function document({ parts, ...rest }: Parts): DialectResource {
  const commands = Object.entries(parts).map(([key, [table, id]]) => ({
    key,
    command: table.find((one) => one.id === id) as Acting,
  }));
  return {
    ...rest,
    mimeType: 'application/json',
    calls: commands.flatMap(({ command }) => command.calls({}, NOWHERE.place)),
    content: (made: readonly Made[]) => {
      const entries = commands.map(({ key, command }) => [key, command.json({ ...NOWHERE, made })]);
      return visibleJson(Object.fromEntries(entries), INDENT);
    },
  };
}
