export type Shell = { command: [string, ...string[]]; env: Record<string, string> };

const PROMPT = '> ';

/** The shells a tape can be typed into, without their start-up files and with one prompt. */
export const SHELLS: Record<string, Shell> = {
  bash: {
    command: ['bash', '--noprofile', '--norc'],
    env: { PS1: '\\[\\e[38;5;12m\\]>\\[\\e[0m\\] ', HISTFILE: '', BASH_SILENCE_DEPRECATION_WARNING: '1' },
  },
  sh: { command: ['sh'], env: { PS1: PROMPT } },
  zsh: { command: ['zsh', '--no-rcs'], env: { PROMPT: '%F{12}>%f ' } },
  fish: {
    command: [
      'fish',
      '--no-config',
      '--init-command',
      `function fish_prompt; set_color brblue; printf '>'; set_color normal; printf ' '; end; set fish_greeting`,
    ],
    env: {},
  },
};
