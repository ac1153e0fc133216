import { spawn } from '@lydell/node-pty';

export type PtyOptions = {
  file: string;
  args: readonly string[];
  cols: number;
  rows: number;
  cwd: string;
  env: Record<string, string>;
};

export type PtyExit = { code: number; signal: number };

export type Pty = {
  readonly pid: number;
  write(text: string): void;
  resize(cols: number, rows: number): void;
  /** Stops reading, as a stalled line does: the program's writes block once the kernel's buffer is full. */
  pause(): void;
  resume(): void;
  kill(signal: NodeJS.Signals): void;
  /** Takes the terminal away, as a lost connection does. */
  hangUp(): void;
  /** Resolves when the program has ended and all it wrote has been delivered. */
  readonly exit: Promise<PtyExit>;
};

export const openPty = ({ file, args, ...options }: PtyOptions, onData: (bytes: Uint8Array) => void): Pty => {
  const pty = spawn(file, [...args], {
    ...options,
    name: options.env.TERM ?? 'xterm-256color',
    encoding: null,
  });
  // Without an encoding the package delivers buffers, which its types do not say.
  pty.onData((data) => onData(data as unknown as Uint8Array));
  const exit = new Promise<PtyExit>((resolve) => {
    pty.onExit(({ exitCode, signal = 0 }) => resolve({ code: exitCode, signal }));
  });
  let open = true;
  exit.then(() => {
    open = false;
  });
  return {
    pid: pty.pid,
    write: (text) => {
      if (open) pty.write(text);
    },
    resize: (cols, rows) => {
      if (open) pty.resize(cols, rows);
    },
    pause: () => pty.pause(),
    resume: () => pty.resume(),
    kill: (signal) => pty.kill(signal),
    hangUp: () => {
      open = false;
      (pty as unknown as { destroy(): void }).destroy();
    },
    exit,
  };
};
