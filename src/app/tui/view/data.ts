import type { Json } from '#engines/core/json.ts';
import { isRecord } from '#engines/core/json.ts';
import { sized } from '#panes/kit/cells.ts';
import { type Line, span } from '#panes/kit/line.ts';
import { plain } from '#panes/kit/plain.ts';
import type { Viewer } from '../state/overlay.ts';

const DEEPEST = 8;

/** A query's answer as something to read: names on the left, values on the right, nested things below. */
export function dataViewer(title: string, data: Json): Viewer {
  return { kind: 'viewer', title, lines: valueLines(data, 0), top: 0 };
}

function valueLines(value: Json, depth: number): Line[] {
  const indent = '  '.repeat(depth);
  if (Array.isArray(value)) {
    if (value.length === 0) return [[span(`${indent}none`, 'quiet')]];
    return value.flatMap((one, index) => [
      ...(index > 0 && isRecord(one) ? [[]] : []),
      ...valueLines(one, depth),
    ]);
  }
  if (!isRecord(value)) return textLines(String(value ?? '-'), indent);
  if (depth > DEEPEST) return [[span(`${indent}${plain(JSON.stringify(value))}`)]];
  const entries = Object.entries(value as Record<string, Json>);
  const width = Math.min(20, Math.max(0, ...entries.map(([name]) => name.length)) + 2);
  return entries.flatMap(([name, inner]): Line[] => {
    if (isRecord(inner) || (Array.isArray(inner) && inner.some(isRecord))) {
      return [[span(`${indent}${name}`, 'strong')], ...valueLines(inner as Json, depth + 1)];
    }
    const text = Array.isArray(inner) ? inner.join(', ') || '-' : String(inner ?? '-');
    const [first = '', ...rest] = text.split('\n');
    return [
      [span(`${indent}${sized(name, width, '')}`, 'quiet'), span(plain(first))],
      ...rest.map((line): Line => [span(`${indent}${' '.repeat(width)}`), span(plain(line))]),
    ];
  });
}

function textLines(text: string, indent: string): Line[] {
  return text.split('\n').map((line) => [span(indent + plain(line))]);
}
