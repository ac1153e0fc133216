import type { Remote } from '#engines/repo/types.ts';
import type { Destination, Pane } from '../pane.ts';

/** The web page of a row's repo. */
export function webPage<Row>(repoOf: (row: Row) => string): NonNullable<Pane<Row>['opens']> {
  return {
    ask: (row) => ({ action: 'repo.remotes', input: { repo: repoOf(row) } }),
    missing: 'none of its remotes has a web page',
    destination: (_, data) => destinationOf((data as { remotes: Remote[] }).remotes),
  };
}

/** The first remote's that has one: they come with the one that is followed first. */
function destinationOf(remotes: readonly Remote[]): Destination | undefined {
  for (const { page, directory } of remotes) {
    if (page !== null) return { kind: 'page', url: page };
    if (directory !== null) return { kind: 'directory', path: directory };
  }
  return undefined;
}
