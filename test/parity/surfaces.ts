import { openHost } from '#app/invoke/host.ts';
import { ACTIONS } from '#app/registry/actions.ts';
import { palette } from '#app/tui/menus/palette.ts';
import { initialState } from '#app/tui/state/initial.ts';
import type { Turn } from '#app/tui/state/state.ts';
import type { World as ScreenWorld } from '#app/tui/state/world.ts';
import type { ActionCard } from '#engines/core/card.ts';
import type { Caller } from '#engines/core/host.ts';
import type { Outcome } from '#engines/core/invocation.ts';
import { pathsFrom } from '#engines/core/paths.ts';
import { DEFAULT } from '#keymaps/default.ts';
import { createKeymap } from '#keymaps/keymap.ts';
import { PANES } from '#panes/index.ts';
import type { Call } from '#panes/pane.ts';
import { type Connected, connect } from '../app/mcp/client.ts';
import type { World } from '../rig/home.ts';

/** What a surface answers, in the words that all of them share. */
export type Answer =
  | { kind: 'plan'; hash: string }
  | { kind: 'data'; data: unknown }
  | { kind: 'event'; event: unknown }
  | { kind: 'failure'; code: string };

interface Told {
  data?: unknown;
  plan?: { hash: string };
  error?: { code: string };
}

/** Where somebody stands, with an agent's client at the same place. */
export interface Place {
  world: World;
  cwd: string;
  workspace?: string;
  agent: Connected;
}

export const openPlace = async (world: World, at: Pick<Place, 'cwd' | 'workspace'>): Promise<Place> => ({
  world,
  ...at,
  agent: await connect(world, { cwd: at.cwd }),
});

/** A command line as a person types it into a shell; of a command, only the plan is asked for. */
export const inShell = async ({ world, cwd }: Place, card: ActionCard, line: string): Promise<Answer> => {
  const env = { GANTRY_JSON: '1', ...(card.kind === 'command' ? { GANTRY_DRY_RUN: '1' } : {}) };
  if (card.kind !== 'stream')
    return answerOf((await world.run('sh', ['-c', line], { cwd, env })).json() as Told);
  const running = world.start('sh', ['-c', `exec ${line}`], { cwd, env });
  await running.waitFor(/\n/);
  const { ndjson } = await running.stop('SIGINT');
  return { kind: 'event', event: ndjson()[0] };
};

export const overMcp = async ({ agent }: Place, { id, kind }: ActionCard, input: object): Promise<Answer> => {
  const manner = { query: {}, command: { dryRun: true }, stream: { waitSeconds: 20, maxEvents: 1 } }[kind];
  const { document } = await agent.call(id.replaceAll('.', '_'), { ...input, ...manner });
  if (kind !== 'stream' || document.error) return answerOf(document);
  return { kind: 'event', event: (document.data as { events: unknown[] }).events[0] };
};

/** What the palette makes of a shell's line, run as the screen runs it. */
export const throughPalette = async (place: Place, line: string): Promise<Answer> => {
  const { world } = place;
  const { action, input } = callTyped(world, line.replace(/^gantry /, ''));
  const host = openHost({ env: world.env, paths: pathsFrom(world.env), now: Date.now });
  try {
    return answerOf(toldBy(await host.invoke({ action, input, dryRun: true }, personAt(place))));
  } finally {
    await host.close();
  }
};

/** The call that the palette begins when a line is typed into it and enter is pressed. */
export const callTyped = (world: World, line: string): Call => {
  // The bare words of an action run it on what is selected, which no line can say; without a selection it is the action alone.
  const bare = ACTIONS.find(({ id }) => id.replaceAll('.', ' ') === line);
  if (bare) return { action: bare.id, input: {} };
  const state = initialState({
    ...{ cols: 120, rows: 40, now: 0 },
    ...{ directory: world.path('work'), focus: 'repos', problems: [] },
  });
  const [item] = palette.items(state, screenOf(world), line);
  if (!item || item.unable)
    throw new Error(`The palette does not take ${line}: ${item?.unable ?? 'it has no row'}.`);
  return callIn(item.run(state), line);
};

const screenOf = (world: World): ScreenWorld => ({
  panes: PANES,
  cards: ACTIONS,
  keymap: createKeymap(DEFAULT),
  sign: () => '',
  home: world.path('home'),
});

const callIn = ({ state, effects }: Turn, line: string): Call => {
  const [effect] = effects;
  if (effect && 'call' in effect) return effect.call;
  if (effect?.kind === 'run') return { action: effect.id, input: {} };
  throw new Error(
    `The palette runs nothing for ${line}; it opens ${state.overlays.at(-1)?.kind ?? 'nothing'}.`,
  );
};

const personAt = ({ cwd, workspace }: Place): Caller => ({
  actor: { kind: 'human', name: 'ada', surface: 'screen', host: 'here', pid: process.pid },
  cwd,
  workspace,
  signal: new AbortController().signal,
  report: () => {},
  ask: async () => ({ kind: 'needs-input' }),
});

const toldBy = (outcome: Outcome): Told => {
  if (outcome.kind === 'failure') return { error: outcome.failure };
  return outcome.kind === 'data'
    ? { data: outcome.data }
    : { plan: 'plan' in outcome ? outcome.plan : undefined };
};

const answerOf = ({ data, plan, error }: Told): Answer => {
  if (error) return { kind: 'failure', code: error.code };
  return plan ? { kind: 'plan', hash: plan.hash } : { kind: 'data', data };
};
