import type { Call } from '#panes/pane.ts';
import { wantedDetail } from '../state/detail.ts';
import type { Answer } from '../state/state.ts';
import type { World } from '../state/world.ts';
import type { Answered, askerOn } from './ask.ts';
import type { Keeper } from './keeper.ts';

/** Milliseconds of rest before a detail is asked for: passing by is free. */
const REST = { new: 40, changed: 400 };

export interface DetailLoader {
  /** Asks for what the state wants to see, and gives up what it no longer does. */
  follow(): void;
  /** Asks again for what is shown. */
  again(): void;
  readonly loading: boolean;
  close(): void;
}

interface Loading {
  asked: string;
  row: unknown;
  abort: AbortController;
  /** Something is shown already that the new answer will replace. */
  again: boolean;
}

export function createDetailLoader(
  world: World,
  ask: ReturnType<typeof askerOn>,
  keeper: Keeper,
): DetailLoader {
  let current: Loading | undefined;
  let isLoading = false;

  function follow(): void {
    const wanted = wantedDetail(keeper.state(), world);
    if (current && wanted?.asked === current.asked && wanted.row === current.row) return;
    const again = wanted !== undefined && wanted.asked === current?.asked && !isLoading;
    current?.abort.abort();
    current = undefined;
    isLoading = false;
    if (!wanted?.call) return;
    current = { asked: wanted.asked, row: wanted.row, abort: new AbortController(), again };
    isLoading = !again;
    void load(current, wanted.call);
  }

  async function load({ asked, abort, again }: Loading, call: Call | readonly Call[]): Promise<void> {
    if (!again) put({ asked, status: 'loading' }, 'soon');
    await new Promise((resolve) => setTimeout(resolve, again ? REST.changed : REST.new));
    if (abort.signal.aborted) return;
    const answered = await askAll(call, abort.signal);
    if (abort.signal.aborted) return;
    isLoading = false;
    put({ asked, status: 'data' in answered ? 'ready' : 'failed', ...answered }, 'now');
  }

  async function askAll(call: Call | readonly Call[], signal: AbortSignal): Promise<Answered> {
    if ('action' in call) return ask(call, signal);
    const all = await Promise.all(call.map((one) => ask(one, signal)));
    const data = all.flatMap((one) => ('data' in one ? [one.data] : []));
    return all.find((one) => 'failure' in one) ?? { data };
  }

  function put(answer: Answer, when: 'now' | 'soon'): void {
    keeper.change((state) => ({ ...state, detail: { ...state.detail, answer } }), when);
  }

  return {
    follow,
    again: () => {
      if (current) current.row = undefined;
      follow();
    },
    get loading() {
      return isLoading;
    },
    close: () => current?.abort.abort(),
  };
}
