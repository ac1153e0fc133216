import type { Failure } from '#engines/core/errors.ts';
import { visible } from '#engines/core/visible.ts';
import type { Style } from './style.ts';

/** What happened, what it means, the next command. */
export function failureLines({ message, meaning, next = [] }: Failure, style: Style): string[] {
  return [
    `${style('bad', 'error:')} ${visible(message)}`,
    ...(meaning ? [visible(meaning)] : []),
    ...next.map((command, index) => `${index === 0 ? 'next:' : '  or:'} ${style('name', visible(command))}`),
  ];
}
