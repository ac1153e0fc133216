import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import type { Frame } from '../cells.ts';
import { castOf } from './cast.ts';
import { type Look, lookOf } from './look.ts';
import { gifOf } from './picture/gif.ts';
import { pngOf } from './picture/raster.ts';
import { svgOf } from './picture/svg.ts';
import type { Recording } from './play.ts';
import type { Settings } from './settings.ts';

type Content = string | Uint8Array;
type Renderer = (recording: Recording, last: Frame, look: Look) => Content;

const SEPARATOR = '─'.repeat(80);
/** Pixels of a PNG to one of the picture: sharp on the screens of today. */
const PNG_ZOOM = 2;

const text: Renderer = ({ dumps }) => dumps.map((lines) => [...lines, SEPARATOR, ''].join('\n')).join('');

const RENDERERS: Record<string, Renderer> = {
  '.txt': text,
  '.ascii': text,
  '.test': text,
  '.svg': (_, last, look) => svgOf(last, look),
  '.png': (_, last, look) => pngOf(svgOf(last, look), PNG_ZOOM),
  '.gif': ({ shots, length }, _, look) => gifOf(shots, length, look),
  '.cast': ({ shots, length }, _, look) => castOf(shots, length, look),
};

/** The kinds of file that a recording can become; any other path is told as a problem. */
export const outputProblem = (path: string): string | undefined =>
  path.endsWith('/') || RENDERERS[extname(path)]
    ? undefined
    : `Cannot write ${path}: an output is a folder/, or one of ${Object.keys(RENDERERS).join(' ')}`;

/** Writes a recording to its outputs and screenshots; returns the paths written. */
export const render = async (
  recording: Recording,
  outputs: string[],
  settings: Settings,
): Promise<string[]> => {
  const last = recording.shots.at(-1)?.frame;
  if (!last) throw new Error('The tape shows nothing: everything in it is hidden.');
  const lookFor = ({ cols, rows }: Frame) => lookOf(settings, { cols, rows });
  const written: string[] = [];
  const write = async (path: string, content: Content) => {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
    written.push(path);
  };

  for (const path of outputs) {
    if (path.endsWith('/')) {
      for (const [index, { frame }] of recording.shots.entries()) {
        const name = `frame-${String(index + 1).padStart(5, '0')}.png`;
        await write(join(path, name), pngOf(svgOf(frame, lookFor(frame)), 1));
      }
    } else await write(path, RENDERERS[extname(path)]?.(recording, last, lookFor(last)) ?? '');
  }
  for (const { path, frame } of recording.screenshots) {
    const picture =
      extname(path) === '.svg' ? svgOf(frame, lookFor(frame)) : pngOf(svgOf(frame, lookFor(frame)), PNG_ZOOM);
    await write(path, picture);
  }
  return written;
};
