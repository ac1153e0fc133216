import { StringDecoder } from 'node:string_decoder';
import type { InputEvent } from './event.ts';
import { keyOfSequence } from './sequences.ts';

export interface Decoder {
  /** Events of the bytes so far; what may be the beginning of something longer waits for more. */
  push(bytes: Uint8Array): InputEvent[];
  /** Nothing more came: what waits is what it looks like. */
  flush(): InputEvent[];
  /** What the bytes that are left may be the beginning of. */
  readonly waiting: 'sequence' | 'paste' | undefined;
}

const ESC = '\x1b';
const PASTE_START = `${ESC}[200~`;
const PASTE_END = `${ESC}[201~`;
/** A paste without an end, and a reply that never ends, are given up at this size. */
const LONGEST = 1 << 20;

/** Parameters, intermediates, final. */
const CSI = /^\x1b\[([0-?]*[ -/]*[@-~])/;
const SS3 = /^\x1bO([A-Z])/;
/** OSC, DCS and APC up to their end. */
const STRING_REPLY = /^\x1b[\]P_^][^\x07\x1b]*(?:\x07|\x1b\\)/;

const NAMED: Record<string, string> = {
  '\r': 'enter',
  '\t': 'tab',
  ' ': 'space',
  '\x7f': 'backspace',
  '\b': 'backspace',
};

/** Turns what a terminal sends into keys, pastes and replies; bursts, halves and split characters included. */
export function createDecoder(): Decoder {
  const utf8 = new StringDecoder('utf8');
  let rest = '';

  function take(isFinal: boolean): InputEvent[] {
    const events: InputEvent[] = [];
    for (;;) {
      const found = next(rest, isFinal);
      if (!found) return events;
      rest = rest.slice(found.length);
      if (found.event) events.push(found.event);
    }
  }

  return {
    push: (bytes) => {
      rest += utf8.write(bytes as Buffer);
      return take(rest.length > LONGEST);
    },
    flush: () => take(true),
    get waiting() {
      if (rest === '') return undefined;
      return rest.startsWith(PASTE_START) ? 'paste' : 'sequence';
    },
  };
}

interface Found {
  length: number;
  event?: InputEvent;
}

function next(text: string, isFinal: boolean): Found | undefined {
  if (text === '') return undefined;
  if (text.startsWith(PASTE_START)) return paste(text, isFinal);
  if (text.startsWith(ESC)) return sequence(text, isFinal);
  return character(text);
}

function paste(text: string, isFinal: boolean): Found | undefined {
  const end = text.indexOf(PASTE_END, PASTE_START.length);
  if (end === -1 && !isFinal) return undefined;
  const content = text.slice(PASTE_START.length, end === -1 ? undefined : end);
  return {
    length: end === -1 ? text.length : end + PASTE_END.length,
    event: { kind: 'paste', text: content },
  };
}

function sequence(text: string, isFinal: boolean): Found | undefined {
  const found = CSI.exec(text) ?? SS3.exec(text);
  if (found) {
    const [whole, body = ''] = found;
    const key = keyOfSequence(body);
    return {
      length: whole.length,
      event: key === undefined ? { kind: 'reply', text: whole } : keyEvent(key),
    };
  }
  const reply = STRING_REPLY.exec(text)?.[0];
  if (reply !== undefined) return { length: reply.length, event: { kind: 'reply', text: reply } };
  if (!isFinal && (text === ESC || /^\x1b[[O\]P_^]/.test(text))) return undefined;
  return text === ESC || text[1] === ESC ? { length: 1, event: keyEvent('esc') } : withAlt(text);
}

/** Terminals send alt with a key as escape before it. */
function withAlt(text: string): Found {
  const { length, event } = character(text.slice(1));
  if (event?.kind !== 'key') return { length: length + 1 };
  return { length: length + 1, event: keyEvent(`alt+${event.key}`) };
}

function character(text: string): Found {
  const whole = String.fromCodePoint(text.codePointAt(0) as number);
  const code = whole.charCodeAt(0);
  const named = NAMED[whole];
  if (named) return { length: 1, event: keyEvent(named, whole === ' ' ? ' ' : '') };
  if (code < 0x20) return { length: 1, event: keyEvent(controlName(code)) };
  return { length: whole.length, event: keyEvent(whole, whole) };
}

/** ctrl with a character arrives as that character's lower five bits. */
function controlName(code: number): string {
  return code === 0 ? 'ctrl+space' : `ctrl+${String.fromCharCode(code + 0x40).toLowerCase()}`;
}

function keyEvent(key: string, text = ''): InputEvent {
  return { kind: 'key', key, text };
}
