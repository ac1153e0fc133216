import type { JsonSchema } from '#app/mcp/protocol/service.ts';
import type { WorkspaceHead } from '#engines/workspace/types.ts';
import { type Acting, isServing, type Told } from '../dialect.ts';
import type { DialectTool } from '../mcp/tool.ts';
import { dataOf, ifDone } from '../told.ts';
import { flow } from './flow.ts';
import { gate } from './gate.ts';
import { workspace } from './workspace.ts';
import { worktree } from './worktree.ts';

const COMMANDS = [...workspace, ...worktree, ...flow, ...gate];

const text = (description: string): JsonSchema => ({ type: 'string', description });
const yes = (description: string): JsonSchema => ({ type: 'boolean', description });

const REPOS: JsonSchema = {
  type: 'array',
  items: { type: 'string' },
  description: 'Only these repos; all where none is named',
};

const NAME = text('Name without the prefix');
const VERSION = text('Version that is released');

type Declared = Partial<Omit<DialectTool, 'name' | 'command'>>;

/** The tools of smctl, by the words of the command that each is. */
export const TOOLS: readonly DialectTool[] = [
  tool('workspace.status', {
    takes: { workspace: text('Root of another workspace than the one that is served') },
    result: (told) => ({ repos: jsonOf('workspace.status', told) }),
  }),
  tool('workspace.init', {
    takes: { name: text('Name of the workspace'), path: text('Directory that it is made of') },
    result: initialized,
  }),
  tool('workspace.add', {
    takes: {
      url: text('Address to clone from'),
      name: text('Its name'),
      path: text('Where it is, from the root'),
    },
    required: ['url'],
  }),
  tool('workspace.remove', { takes: { repo: text('Name of the repo') }, required: ['repo'] }),
  tool('workspace.sync', {}),
  tool('worktree.add', {
    takes: { name: text('Name of the worktree set'), repos: REPOS, branch: text('Branch that it has') },
    required: ['name'],
    result: (told) => ifDone(told, { name: told.given.name, worktrees: jsonOf('worktree.add', told) }),
  }),
  tool('worktree.list', { result: (told) => ({ sets: jsonOf('worktree.list', told) }) }),
  tool('worktree.remove', {
    takes: { name: text('Name of the worktree set'), force: yes('With what is not committed in them') },
    required: ['name'],
  }),
  tool('flow.init', {}),
  tool('flow.feature.start', {
    takes: { name: NAME, repos: REPOS, worktree: yes('With a worktree in each repo') },
    required: ['name'],
  }),
  tool('flow.feature.finish', {
    takes: { name: NAME, squash: yes('As one commit'), no_delete: yes('Keep the branch') },
    required: ['name'],
  }),
  tool('flow.release.start', { takes: { version: VERSION, repos: REPOS }, required: ['version'] }),
  tool('flow.release.finish', { takes: { version: VERSION }, required: ['version'] }),
  tool('flow.hotfix.start', {
    takes: {
      name: text('Name without the prefix; the next patch version where none is given'),
      repos: REPOS,
    },
  }),
  tool('flow.hotfix.finish', { takes: { name: NAME }, required: ['name'] }),
  tool('gate.status', {}),
  tool('gate.models.list', { result: (told) => ({ models: jsonOf('gate.models.list', told) }) }),
  tool('gate.models.add', { takes: { path: text('File of the model') }, required: ['path'] }),
  tool('gate.test', {
    takes: { model: text('Name of the model'), input: text('File with the JSON that is posted') },
    required: ['model', 'input'],
  }),
];

function tool(id: string, { takes = {}, ...rest }: Declared): DialectTool {
  const command = commandOf(id);
  const description = `${command.summary}.`;
  return { name: `smctl_${id.replaceAll('.', '_')}`, command, description, takes, ...rest };
}

function jsonOf(id: string, told: Told): unknown {
  return commandOf(id).json(told);
}

function commandOf(id: string): Acting {
  const found = COMMANDS.find((one) => one.id === id);
  if (!found || isServing(found)) throw new Error(`smctl has no ${id}.`);
  return found;
}

function initialized(told: Told) {
  const head = dataOf<WorkspaceHead>(told, 'workspace.show');
  return head && { name: head.name, root: head.root, manifest_path: head.manifest };
}
