import type { Menu } from '../state/overlay.ts';
import { copy } from './copy.ts';
import { help } from './help.ts';
import type { MenuSource } from './item.ts';
import { palette } from './palette.ts';
import { pick } from './pick.ts';

export const MENUS: Record<Menu['source'], MenuSource> = { palette, help, copy, pick };
