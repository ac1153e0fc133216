import type { Overlay } from '../state/overlay.ts';
import { confirm } from './confirm.ts';
import { credential } from './credential.ts';
import type { Dialog } from './dialog.ts';
import { filter } from './filter.ts';
import { form } from './form.ts';
import { menu } from './menu.ts';
import { prompt } from './prompt.ts';
import { trust } from './trust.ts';
import { viewer } from './viewer.ts';

const DIALOGS: { [Kind in Overlay['kind']]: Dialog<Extract<Overlay, { kind: Kind }>> } = {
  filter,
  menu,
  confirm,
  trust,
  credential,
  form,
  prompt,
  viewer,
};

/** The dialog that an overlay is one of. */
export function dialogOf(overlay: Overlay): Dialog<Overlay> {
  return DIALOGS[overlay.kind] as unknown as Dialog<Overlay>;
}
