import type { Commit } from '#engines/repo/types.ts';
import { age } from './age.ts';
import { sized } from './cells.ts';
import { type Line, span } from './line.ts';
import type { Look } from './look.ts';
import { plain } from './plain.ts';

/** What differs in length comes last, so that all the rest stands in columns. */
export function commitLine({ oid, subject, author, at, refs }: Commit, width: number, look: Look): Line {
  const names = refs.map(refName).filter((name) => !/(?:^|\/)HEAD$/.test(name));
  const who = `${sized(plain(author), 14, look.sign('more'))} ${age(look.now - at * 1000).padStart(4)}  `;
  return [
    span(`${oid.slice(0, 8)}  `, 'name'),
    ...(width < WIDE_ENOUGH ? [] : [span(who, 'quiet')]),
    ...(names.length > 0 ? [span(`${names.join(', ')} `, 'good')] : []),
    span(plain(subject)),
  ];
}

const WIDE_ENOUGH = 60;

function refName(ref: string): string {
  return plain(ref.replace(/^refs\/(?:heads|remotes|tags)\//, ''));
}
