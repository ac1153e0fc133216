import { openHost } from '#app/invoke/host.ts';
import { ACTIONS } from '#app/registry/actions.ts';
import { press } from '#app/tui/dispatch/press.ts';
import { createDecoder } from '#app/tui/input/decode.ts';
import { initialState } from '#app/tui/state/initial.ts';
import type { Effect } from '#app/tui/state/state.ts';
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

/** What the palette makes of a shell's line, run as the screen runs it; of a command, only the plan is asked for. */
export const throughPalette = async (place: Place, line: string): Promise<Answer> => {
  const { world } = place;
  const { kind, call } = typedInPalette(world, line.replace(/^gantry /, ''));
  const host = openHost({ env: world.env, paths: pathsFrom(world.env), now: Date.now });
  try {
    if (kind !== 'follow')
      return answerOf(toldBy(await host.invoke({ ...call, dryRun: true }, personAt(place))));
    for await (const event of host.follow(call.action, call.input, personAt(place)))
      return { kind: 'event', event };
    throw new Error(`${call.action} has no events.`);
  } finally {
    await host.close();
  }
};

/** The call that the screen begins when a line is typed into the palette. */
export const callTyped = (world: World, line: string): Call => typedInPalette(world, line).call;

/** What a terminal sends for the palette's key, a line and enter, and what the screen's own dispatch makes of it. */
const typedInPalette = (world: World, line: string): Begun => {
  const screen = screenOf(world);
  const bytes = Buffer.from(`${screen.keymap.keyFor('palette.open')}${argumentsFor(line)}\r`);
  let state = initialState({
    ...{ cols: 120, rows: 40, now: 0 },
    ...{ directory: world.path('work'), focus: 'repos', problems: [] },
  });
  const effects = createDecoder()
    .push(bytes)
    .flatMap((event) => {
      const turn = press(state, screen, event);
      state = turn.state;
      return turn.effects;
    });
  const [begun, ...others] = effects.filter((effect) => 'call' in effect);
  if (begun && others.length === 0) return begun;
  const { message, overlays } = state;
  throw new Error(
    `The palette does not run ${line}: ${message?.text ?? overlays.at(-1)?.kind ?? 'nothing comes'}.`,
  );
};

type Begun = Extract<Effect, { call: Call }>;

/** The bare words of what a pane offers run it on the selection there; the end of the options says that nothing is selected. */
const argumentsFor = (line: string): string => {
  const isOffered = PANES.some(({ offers }) =>
    offers.some(({ id, takes }) => takes !== 'none' && id.replaceAll('.', ' ') === line),
  );
  return isOffered ? `${line} --` : line;
};

const screenOf = (world: World): ScreenWorld => ({
  panes: PANES,
  cards: ACTIONS,
  keymap: createKeymap(DEFAULT),
  sign: () => '',
  home: world.path('home'),
});

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
