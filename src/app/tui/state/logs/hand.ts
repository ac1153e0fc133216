import type { State } from '../state.ts';
import type { LogView } from './logs.ts';

/** The logs that have the keys. */
export function logInHand({ logs, detail }: State): LogView | undefined {
  return detail.hasKeys ? logs.view : undefined;
}
