/** Names and indexes that lead to a value. */
export type Path = readonly PropertyKey[];

/** The JSON pointer (RFC 6901) of a path below another pointer. */
export function pointerOf(path: Path, base = ''): string {
  return base + path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** A path as people read it: `orchestration.definitions["a b"].type`, and `the whole` of nothing. */
export function pathText(path: Path): string {
  if (path.length === 0) return 'the whole';
  return path.map(partText).join('').replace(/^\./, '');
}

function partText(part: PropertyKey): string {
  if (typeof part === 'number') return `[${part}]`;
  const name = String(part);
  return /^[A-Za-z_$][\w$-]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}
