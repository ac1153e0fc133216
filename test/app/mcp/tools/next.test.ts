import { describe, expect, test } from 'vitest';
import { withCalls } from '../../../../src/app/mcp/tools/next.ts';
import { ACTIONS } from '../../../../src/app/registry/actions.ts';
import type { ActionCard } from '../../../../src/app/registry/card.ts';
import type { ExitClass } from '../../../../src/engines/core/errors.ts';

const card = (id: string) => ACTIONS.find((one) => one.id === id) as ActionCard;

const callFor = async (
  command: string,
  offered: readonly ActionCard[] = ACTIONS,
  exit: ExitClass = 'failed',
) => {
  const failure = { code: 'x', exit, message: 'x', next: [command] };
  const asked = { card: card('config.set'), input: { key: 'undo.keepDays', value: '14' }, offered };
  return (await withCalls(failure, asked)).next?.[0];
};

describe('the next command', () => {
  test.each([
    ['gantry activity list', 'activity_list {}'],
    ['gantry activity list --all --limit 5', 'activity_list {"limit":5,"all":true}'],
    ['gantry activity show 12', 'activity_show {"id":"12"}'],
    ['gantry undo 12', 'undo {"id":"12"}'],
    ["gantry repo fetch 'web site' api", 'repo_fetch {"repos":["web site","api"]}'],
    ["gantry config set editor ''", 'config_set {"key":"editor","value":""}'],
    ["gantry workspace setup 'it'\\''s'", 'workspace_setup {"repos":["it\'s"]}'],
    ['gantry activity show --help', 'describe {"action":"activity.show"}'],
  ])('%s is %s', async (command, call) => {
    expect(await callFor(command)).toBe(call);
  });

  test.each([
    ['gantry config set --dry-run', 'config_set {"key":"undo.keepDays","value":"14","dryRun":true}'],
    ['gantry config set', 'config_set {"key":"undo.keepDays","value":"14"}'],
    ['gantry config set a b --dry-run', 'config_set {"key":"a","value":"b","dryRun":true}'],
  ])('%s after the same tool is %s', async (command, call) => {
    expect(await callFor(command)).toBe(call);
  });

  test.each(['ls -l /tmp', 'gantry doctor', 'gantry <the same command> --debug', 'git status', ''])(
    'stays as it is where no tool does it: "%s"',
    async (command) => {
      expect(await callFor(command)).toBe(command);
    },
  );

  test('stays as it is where it was denied: a person types it', async () => {
    expect(await callFor('gantry workspace trust', ACTIONS, 'denied')).toBe('gantry workspace trust');
  });

  test('stays as it is where the tool is not offered', async () => {
    expect(await callFor('gantry activity list', [card('config.set')])).toBe('gantry activity list');
  });
});
