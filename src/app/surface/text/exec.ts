import { visible, visibleLines } from '#engines/core/visible.ts';
import type { ExecResult } from '#engines/workspace/types.ts';
import type { Style } from '../style.ts';

/** What the command wrote in each repo, under the repo's name. */
export function execLines({ repos }: { repos: ExecResult[] }, style: Style): string[] {
  return repos.flatMap((result) => [
    `${style('strong', visible(result.repo))} ${ending(result, style)}`,
    ...output(result.stdout),
    ...output(result.stderr),
    '',
  ]);
}

function ending({ exitCode, reason, truncated }: ExecResult, style: Style): string {
  const cut = truncated ? ', only the end of its output was kept' : '';
  if (exitCode === 0) return style('good', `exit 0${cut}`);
  return style(
    'bad',
    `${exitCode === null ? 'did not end' : `exit ${exitCode}`}${reason ? `: ${visible(reason)}` : ''}${cut}`,
  );
}

function output(text: string): string[] {
  return text === '' ? [] : visibleLines(text).replace(/\n$/, '').split('\n');
}
