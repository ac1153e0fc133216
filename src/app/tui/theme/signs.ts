import type { Sign } from '#panes/kit/look.ts';

/** ASCII everywhere; Unicode where the locale has UTF-8; Nerd Font glyphs only where asked for. */
export type Tier = 'ascii' | 'unicode' | 'nerd';

const ASCII: Record<Sign, string> = {
  ahead: '+',
  behind: '-',
  branch: '',
  clean: '.',
  changed: '*',
  conflict: '!',
  diverged: '%',
  failed: 'x',
  missing: '?',
  reading: '~',
  running: '>',
  stash: 'stash ',
  submodule: 'modules ',
  selected: '>',
  marked: '#',
  more: '~',
  bullet: '-',
  between: '|',
  into: '>',
  steps: '_.-=+*#@',
};

const UNICODE: Record<Sign, string> = {
  ahead: '↑',
  behind: '↓',
  branch: '',
  clean: '✓',
  changed: '●',
  conflict: '!',
  diverged: '↕',
  failed: '✗',
  missing: '○',
  reading: '·',
  running: '▸',
  stash: 'stash ',
  submodule: 'modules ',
  selected: '▌',
  marked: '◆',
  more: '…',
  bullet: '•',
  between: '·',
  into: '›',
  steps: '▁▂▃▄▅▆▇█',
};

const NERD: Record<Sign, string> = {
  ...UNICODE,
  branch: '\ue0a0 ',
  stash: '\uf01c ',
  submodule: '\uf1b3 ',
};

export const SIGNS: Record<Tier, Record<Sign, string>> = { ascii: ASCII, unicode: UNICODE, nerd: NERD };

/** The pieces of a frame. */
export interface FrameSigns {
  topLeft: string;
  top: string;
  topRight: string;
  side: string;
  bottomLeft: string;
  bottom: string;
  bottomRight: string;
}

const frame = (signs: string): FrameSigns => {
  const [topLeft = '', top = '', topRight = '', side = '', bottomLeft = '', bottom = '', bottomRight = ''] =
    signs;
  return { topLeft, top, topRight, side, bottomLeft, bottom, bottomRight };
};

/** Focus shows in the upper edge itself, so that it shows without colour. */
export const FRAMES: Record<'ascii' | 'unicode', Record<'calm' | 'focused', FrameSigns>> = {
  ascii: { calm: frame('+-+|+-+'), focused: frame('+=+|+-+') },
  unicode: { calm: frame('╭─╮│╰─╯'), focused: frame('┍━┑│╰─╯') },
};
