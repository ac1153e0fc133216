import type { ActionCard, Property } from '#app/registry/card.ts';
import type { Call } from '#panes/pane.ts';
import { open } from '../dialogs/dialog.ts';
import { field } from '../state/field.ts';
import { startJob } from '../state/job.ts';
import type { Form, FormField } from '../state/overlay.ts';
import { type State, type Turn, turn } from '../state/state.ts';
import { streamViewer } from '../state/stream.ts';
import { cardOf, type World } from '../state/world.ts';

const MOST_RECENT = 30;

/** Runs an action; where inputs are missing, a form asks for them first. */
export function begin(state: State, world: World, call: Call): Turn {
  const card = cardOf(world, call.action);
  if (!card) return turn(saying(state, `${call.action} is no action of this version`));
  const missing = missingIn(card, call);
  if (missing.length > 0) return turn(open(state, formFor(card, call)));
  const noticed = {
    ...state,
    recent: [card.id, ...state.recent.filter((id) => id !== card.id)].slice(0, MOST_RECENT),
  };
  const title = card.id.replaceAll('.', ' ');
  if (card.kind === 'stream') {
    const stream = state.serial + 1;
    const opened = open({ ...noticed, serial: stream }, streamViewer(stream, title));
    return turn(opened, { kind: 'follow', stream, call });
  }
  if (card.kind === 'query') return turn(noticed, { kind: 'query', call, title });
  const job = startJob(state.serial + 1, call, state.now);
  const jobs = [...state.jobs, job];
  return turn(
    { ...noticed, serial: job.id, jobs, message: undefined },
    { kind: 'invoke', job: job.id, call },
  );
}

/** Required inputs that the call does not have. */
export function missingIn({ input: { required = [] } }: ActionCard, { input, retry }: Call): string[] {
  return retry === undefined ? required.filter((name) => input[name] === undefined) : [];
}

/** A form for whatever the call leaves open: what is required first. */
export function formFor(card: ActionCard, call: Call): Form {
  const required = new Set(card.input.required);
  const names = Object.keys(card.input.properties).filter(
    (name) => call.input[name] === undefined || isMissing(call, name),
  );
  const ordered = names.toSorted((a, b) => Number(required.has(b)) - Number(required.has(a)));
  return {
    kind: 'form',
    call,
    fields: ordered.map((name) => initial(name, card.input.properties[name])),
    at: 0,
  };
}

function isMissing({ input }: Call, name: string): boolean {
  const value = input[name];
  return Array.isArray(value) && value.length === 0;
}

function initial(name: string, property: Property | undefined): FormField {
  const value = property?.default;
  const text = value === undefined || value === null || Array.isArray(value) ? '' : String(value);
  return { name, field: field(text), suggests: property?.completes !== undefined };
}

export function saying(
  state: State,
  text: string,
  tone: 'quiet' | 'good' | 'warning' | 'bad' = 'warning',
): State {
  return { ...state, message: { tone, text, at: state.now } };
}
