import { visibleLines } from '#engines/core/visible.ts';
import type { Style } from '../style.ts';

interface RepoDiff {
  repo: string;
  text: string;
  truncated: boolean;
}

/** The patch of each repo below its name; of one repo the patch alone. */
export function diffLines({ repos }: { repos: RepoDiff[] }, style: Style): string[] {
  return repos.flatMap(({ repo, text, truncated }) => [
    ...(repos.length > 1 ? [style('strong', visibleLines(repo))] : []),
    ...text.replace(/\n$/, '').split('\n').map(visibleLines),
    ...(truncated ? ['The patch goes on.'] : []),
  ]);
}
