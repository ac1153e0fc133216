/** A line as it stands in the file. */
export interface Piece {
  /** Position of its first byte. */
  offset: number;
  text: string;
  cut?: true;
}

export interface Splitter {
  /** Where the line begins that has no end yet. */
  readonly begun: number | undefined;
  /** The lines that end in these bytes; the bytes may be written over afterwards. */
  push(bytes: Buffer, position: number): Piece[];
  /** The line that has no end, as if it had one. */
  rest(): Piece[];
  /** Forgets the line that has no end. */
  drop(): void;
}

/** Bytes of a line that are kept; what is beyond them is left out. */
export const LONGEST_LINE = 256 * 1024;

const NEWLINE = 0x0a;
const RETURN = 0x0d;

/** Makes lines of bytes. Zeros before a line are what disk space given back, or a power failure, left. */
export function openSplitter(): Splitter {
  let begun: number | undefined;
  let held: Buffer[] = [];
  let length = 0;
  let cut = false;

  function push(bytes: Buffer, position: number): Piece[] {
    const pieces: Piece[] = [];
    let at = 0;
    while (at < bytes.length) {
      if (begun === undefined) {
        at = afterZeros(bytes, at);
        if (at === bytes.length) break;
        begun = position + at;
      }
      const newline = bytes.indexOf(NEWLINE, at);
      if (newline < 0) {
        hold(Buffer.from(bytes.subarray(at, at + LONGEST_LINE - length)), bytes.length - at);
        break;
      }
      hold(bytes.subarray(at, Math.min(newline, at + LONGEST_LINE - length)), newline - at);
      pieces.push(...rest());
      at = newline + 1;
    }
    return pieces;
  }

  function hold(part: Buffer, whole: number): void {
    cut ||= part.length < whole;
    if (part.length === 0) return;
    held.push(part);
    length += part.length;
  }

  function rest(): Piece[] {
    if (begun === undefined) return [];
    const bytes = held.length === 1 ? (held[0] as Buffer) : Buffer.concat(held);
    const piece: Piece = cut
      ? { offset: begun, text: wholeCharacters(bytes), cut }
      : { offset: begun, text: withoutReturn(bytes) };
    drop();
    return [piece];
  }

  function drop(): void {
    begun = undefined;
    held = [];
    length = 0;
    cut = false;
  }

  return {
    get begun() {
      return begun;
    },
    push,
    rest,
    drop,
  };
}

function afterZeros(bytes: Buffer, at: number): number {
  let next = at;
  while (bytes[next] === 0) next += 1;
  return next;
}

function withoutReturn(bytes: Buffer): string {
  return bytes.toString('utf8', 0, bytes.at(-1) === RETURN ? bytes.length - 1 : bytes.length);
}

/** Without the character that the cut may have gone through. */
function wholeCharacters(bytes: Buffer): string {
  let end = bytes.length;
  while (end > 0 && ((bytes[end - 1] as number) & 0xc0) === 0x80) end -= 1;
  return bytes.toString('utf8', 0, (bytes[end - 1] ?? 0) >= 0xc0 ? end - 1 : bytes.length);
}
