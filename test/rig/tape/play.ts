import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Frame } from '../cells.ts';
import type { World } from '../home.ts';
import { type Screen, terminal } from '../screen.ts';
import { gridOf } from './look.ts';
import { createRecorder, type Recorder, type Shot } from './record.ts';
import { SHELLS } from './shells.ts';
import type { Tape } from './tape.ts';
import type { Place } from './types.ts';

export type Recording = {
  shots: Shot[];
  /** In milliseconds. */
  length: number;
  /** The screen after every command that was shown, as vhs writes it to `.txt`. */
  dumps: string[][];
  screenshots: { path: string; frame: Frame }[];
  failure?: Place & { message: string };
};

export type PlayOptions = {
  /** `Sleep` waits only until the screen is settled; the recording is as long as ever. */
  hurry?: boolean;
};

type Playing = {
  tape: Tape;
  app: Screen;
  recorder: Recorder;
  hurry: boolean;
  pace: number;
  clipboard: string;
  screenshots: Recording['screenshots'];
};

/** A program that says nothing of its idleness is taken to be settled after so long a silence. */
const SILENCE = 40;
/** So long a silence after a character's echo ends the wait for it. */
const ECHO_SILENCE = 8;
const SETTLE_DEADLINE = 2_000;

/** Plays a tape into a shell on a real pty. A wait in vain ends it, with all that was recorded until then. */
export const play = async (
  tape: Tape,
  world: World,
  { hurry = false }: PlayOptions = {},
): Promise<Recording> => {
  const missing = await missingProgram(tape, world);
  if (missing) return { shots: [], length: 0, dumps: [], screenshots: [], failure: missing };

  const app = await openShell(tape, world);
  const { settings, commands } = tape;
  const recorder = createRecorder(app, settings.framerate);
  const playing: Playing = {
    tape,
    app,
    recorder,
    hurry,
    pace: settings.typingSpeed,
    clipboard: '',
    screenshots: [],
  };
  const dumps: string[][] = [];
  let failure: Recording['failure'];
  if (commands[0]?.kind !== 'hide') recorder.shoot();
  for (const command of commands) {
    try {
      await perform(command, playing);
    } catch (error) {
      failure = { line: command.line, column: command.column, message: (error as Error).message };
      break;
    }
    if (!recorder.isHidden && command.kind !== 'pace') dumps.push(app.lines());
  }
  app.kill('SIGKILL');
  await app.exit;
  return { shots: recorder.shots, length: recorder.length, dumps, screenshots: playing.screenshots, failure };
};

const perform = async (command: Tape['commands'][number], playing: Playing): Promise<void> => {
  const { app, recorder, tape } = playing;
  switch (command.kind) {
    case 'pace':
      playing.pace = command.time;
      return;
    case 'type':
      for (const character of command.text) {
        await act(playing, () => app.type(character), { time: command.pace, silence: ECHO_SILENCE });
      }
      return;
    case 'press':
      for (let n = 0; n < command.count; n++)
        await act(playing, () => app.press(command.key), { time: command.pace });
      return;
    case 'scroll':
      for (let n = 0; n < command.count; n++)
        await act(playing, () => app.scroll(command.lines), { time: command.pace });
      return;
    case 'paste':
      return act(playing, () => app.paste(playing.clipboard));
    case 'copy':
      playing.clipboard = command.text;
      return;
    case 'sleep':
      if (!playing.hurry) return recorder.follow(() => sleep(command.time));
      await settle(app, app.input);
      recorder.shoot();
      return recorder.pass(command.time);
    case 'wait': {
      const { pattern = tape.settings.waitPattern, within = tape.settings.waitTimeout } = command;
      const seen = () => pattern.test(command.scope === 'screen' ? app.text() : app.line(app.cursor.y));
      return recorder.follow(() => app.waitFor(seen, within).catch(named(pattern)));
    }
    case 'hide':
      return recorder.hide();
    case 'show':
      recorder.show();
      return recorder.shoot();
    case 'screenshot':
      playing.screenshots.push({ path: command.path, frame: app.frame() });
  }
};

/** The screen waits for a function; a person wants to read the pattern. */
const named = (pattern: RegExp) => (error: Error) => {
  const [, drawn = ''] = error.message.split(/(?=The screen was:)/);
  throw new Error(`Waited in vain for ${pattern}. ${drawn}`);
};

/** Does what a hand does, waits for the program's answer, and gives it the time that the tape gives a key. */
const act = async (
  { app, recorder, pace }: Playing,
  work: () => void,
  { time = pace, silence = SILENCE } = {},
) => {
  const before = { ...app.input };
  work();
  await settle(app, before, silence);
  recorder.shoot();
  recorder.pass(time);
};

/** Waits until the program is idle, where it tells, else until it is silent. A tape's own waits say what must come. */
const settle = async (app: Screen, before: Screen['input'], silence = SILENCE) => {
  const tells = () => app.alternate && app.input.consumed !== undefined;
  const isIdle = () =>
    !tells() || (app.input.consumed ?? 0) - (before.consumed ?? 0) >= app.input.sent - before.sent;
  if (tells()) await app.waitFor(isIdle, SETTLE_DEADLINE).catch(() => {});
  if (!tells()) await silenceOf(app, silence);
};

/** Waits until nothing has changed for so long; the first change may take longer to come. */
const silenceOf = (app: Screen, time: number): Promise<void> =>
  new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      clearTimeout(longest);
      stop();
      resolve();
    };
    let timer = setTimeout(end, SILENCE);
    const longest = setTimeout(end, SETTLE_DEADLINE);
    const stop = app.onChange(() => {
      clearTimeout(timer);
      timer = setTimeout(end, time);
    });
  });

const openShell = async ({ settings, env }: Tape, world: World): Promise<Screen> => {
  const shell = SHELLS[settings.shell];
  if (!shell)
    throw new Error(`A tape's shell is one of ${Object.keys(SHELLS).join(', ')}; this is ${settings.shell}.`);
  const app = await terminal(world, shell.command, { ...gridOf(settings), env: { ...shell.env, ...env } });
  await app.waitFor(/>/);
  return app;
};

const missingProgram = async ({ requires }: Tape, world: World) => {
  for (const { program, line, column } of requires) {
    const places = (world.env.PATH ?? '').split(delimiter).map((folder) => join(folder, program));
    const found = await Promise.any(places.map((place) => access(place, constants.X_OK))).then(
      () => true,
      () => false,
    );
    if (!found) return { line, column, message: `The tape needs ${program}, which is not in PATH.` };
  }
  return undefined;
};
