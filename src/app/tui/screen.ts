import type { ActionCard } from '#app/registry/card.ts';
import type { Host } from '#engines/core/host.ts';
import type { Keymap } from '#keymaps/keymap.ts';
import { PANES } from '#panes/index.ts';
import { saying } from './dispatch/call.ts';
import type { Mounted } from './ink/mount.tsx';
import { readInput } from './input/reader.ts';
import { createFrames } from './session/frames.ts';
import type { Who } from './session/keeper.ts';
import { createSession, type Session } from './session/session.ts';
import type { ScreenSettings } from './settings.ts';
import { initialState } from './state/initial.ts';
import type { Scope } from './state/state.ts';
import type { World } from './state/world.ts';
import { handOver, stopHere } from './terminal/hand-over.ts';
import { reportIdle } from './terminal/idle.ts';
import { copySequence } from './terminal/sequences.ts';
import type { Terminal } from './terminal/terminal.ts';
import { ASK_BACKGROUND, backgroundIn, themeOptions } from './theme/support.ts';
import { createTheme } from './theme/theme.ts';
import { drawScreen } from './view/screen.ts';

export interface ScreenOptions {
  terminal: Terminal;
  env: Readonly<Record<string, string | undefined>>;
  cards: readonly ActionCard[];
  keymap: Keymap;
  settings: Omit<ScreenSettings, 'keymap'>;
  who: Who;
  /** `onStart` is called while a host is being started. */
  connect(onStart: () => void): Promise<Host>;
  /** Where the screen works, and where once it has made a workspace; asked for after the first picture. */
  scopes(): AsyncIterable<Scope>;
  /** What is wrong in the person's own files; said once. */
  problems: readonly string[];
  now(): number;
}

/** Milliseconds at the least between frames that nobody asked for, over what may be a slow line. */
const FAR = 120;
const AGES = 30_000;
/** Milliseconds that a host has for its goodbye. */
const GOODBYE = 300;
const SECOND = 1_000;
/**
 * Milliseconds that loading Ink waits for the first rows, unless a host has to be started meanwhile: it would keep them
 * waiting for longer than it takes to show them.
 */
const PATIENCE = 300;

/** Opens the screen and resolves with its exit code once the terminal is back as it was. */
export async function openScreen(options: ScreenOptions): Promise<number> {
  const { terminal, env, who, now } = options;
  const fail = (error: unknown) => terminal.end({ code: 1, error });
  const support = themeOptions(env, options.settings);
  let theme = createTheme(support);
  const world: World = {
    panes: PANES,
    cards: options.cards,
    keymap: options.keymap,
    sign: theme.look(0).sign,
    home: env.HOME ?? '/',
  };

  const starting = Promise.withResolvers<void>();
  let session: Session | undefined;
  let mounted: Mounted | undefined;
  const initial = initialState({
    cols: terminal.cols,
    rows: terminal.rows,
    now: now(),
    directory: who.cwd,
    focus: PANES[0]?.id ?? '',
    problems: options.problems,
  });
  const draw = () => {
    const state = session?.state() ?? initial;
    return { cols: state.cols, lines: drawScreen(state, world, theme).map((line) => theme.paint(line)) };
  };
  const frames = createFrames(
    draw,
    Math.max(1_000 / options.settings.maxFps, env.SSH_TTY || env.TMUX ? FAR : 0),
  );
  terminal.paint(frames.frame().lines);

  const idle = reportIdle({
    isIdle: () => Boolean(mounted && session && !session.busy && reader.settled && !frames.pending),
    painted: async () => mounted?.painted(),
    consumed: () => reader.consumed,
    send: env.GANTRY_IDLE === '1' ? terminal.send : () => {},
  });
  const reader = readInput(terminal.stdin, (events) => {
    for (const event of events) if (event.kind === 'reply') hear(event.text);
    session?.input(events);
  });

  const lend = async (during: () => Promise<string | undefined>) => {
    const problem = await mounted?.suspended(() => terminal.lend(during));
    resized();
    session?.refresh();
    if (problem) session?.change((state) => saying(state, problem), 'now');
  };
  session = createSession({
    world,
    initial,
    who,
    connect: () => options.connect(starting.resolve),
    now,
    onChange: (when) => frames[when](),
    hands: {
      copy: (text) => terminal.send(copySequence(text)),
      open: async (destination) => (await import('./terminal/opener.ts')).openOutside(destination, env),
      redraw: () => mounted?.redraw(),
      suspend: () => void lend(stopHere),
      handOver: (tool, cwd) =>
        void lend(() => handOver({ ...commandFor(tool, env, options.settings.editor), cwd, env })),
      quit: () => terminal.end({ code: 0 }),
    },
  });

  async function followScopes(): Promise<void> {
    for await (const scope of options.scopes()) session?.enter(scope);
  }

  function hear(reply: string): void {
    const background = backgroundIn(reply);
    if (!background) return;
    theme = createTheme({ ...support, background });
    frames.now();
  }

  function resized(): void {
    session?.change((state) => ({ ...state, cols: terminal.cols, rows: terminal.rows }), 'now');
    mounted?.redraw();
  }

  terminal.onResize(resized);
  const clock = setInterval(() => session?.change((state) => state, 'soon'), AGES).unref();
  const seconds = setInterval(() => {
    if (session && session.state().jobs.length > 0) session.change((state) => state, 'soon');
  }, SECOND).unref();
  if (!support.none && support.truecolor && !support.background) terminal.send(ASK_BACKGROUND);
  void followScopes().catch(fail);
  const stopPainting = frames.subscribe(() => terminal.paint(frames.frame().lines));
  void Promise.race([session.arrived, starting.promise, pause(PATIENCE)])
    .then(() => {
      frames.now();
      return import('./ink/mount.tsx');
    })
    .then(({ mount }) => {
      stopPainting();
      mounted = mount(frames, terminal.output);
      frames.subscribe(idle.touch);
      idle.touch();
    })
    .catch(fail);

  const { code, error } = await terminal.ended;
  reader.close();
  frames.close();
  clearInterval(clock);
  clearInterval(seconds);
  terminal.restore();
  mounted?.unmount();
  await Promise.race([session.close(), pause(GOODBYE)]);
  if (error) throw error;
  return code;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function commandFor(
  tool: 'shell' | 'editor',
  env: ScreenOptions['env'],
  editor = env.VISUAL || env.EDITOR || 'vi',
): { command: string; args: string[] } {
  const shell = env.SHELL || '/bin/sh';
  if (tool === 'shell') return { command: shell, args: [] };
  // An editor may be given with arguments, which is for a shell to take apart.
  return { command: '/bin/sh', args: ['-c', `exec ${editor} .`] };
}
