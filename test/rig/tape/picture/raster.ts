import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { Resvg } from '@resvg/resvg-js';

export type Pixels = { width: number; height: number; rgba: Uint8Array };

const REMEDY = 'Install one: apt-get install fonts-jetbrains-mono fonts-dejavu-core';

const STYLES = ['Regular', 'Bold', 'Italic', 'BoldItalic'];

/** The monospace fonts that are looked for, best first, with the files that hold them. */
const FONTS: { family: string; folders: string[]; files: string[] }[] = [
  {
    family: 'JetBrains Mono',
    folders: ['truetype/jetbrains-mono', 'jetbrains-mono', 'JetBrainsMono', ''],
    files: STYLES.map((style) => `JetBrainsMono-${style}.ttf`),
  },
  {
    family: 'DejaVu Sans Mono',
    folders: ['truetype/dejavu', 'dejavu', 'dejavu-sans-mono-fonts', 'TTF', ''],
    files: ['', '-Bold', '-Oblique', '-BoldOblique'].map((style) => `DejaVuSansMono${style}.ttf`),
  },
  {
    family: 'Liberation Mono',
    folders: ['truetype/liberation', 'truetype/liberation2', 'liberation', ''],
    files: STYLES.map((style) => `LiberationMono-${style}.ttf`),
  },
  { family: 'Menlo', folders: [''], files: ['Menlo.ttc'] },
];

const FOLDERS = [
  process.env.GANTRY_FONTS,
  join(homedir(), '.local/share/fonts'),
  '/usr/local/share/fonts',
  '/usr/share/fonts',
  '/System/Library/Fonts',
  '/Library/Fonts',
].filter((folder): folder is string => folder !== undefined);

/** Draws an SVG as pixels, so many to each of its own. */
export const rasterize = (svg: string, zoom: number): Pixels => {
  const image = rendered(svg, zoom);
  return { width: image.width, height: image.height, rgba: image.pixels };
};

export const pngOf = (svg: string, zoom: number): Uint8Array => rendered(svg, zoom).asPng();

const rendered = (svg: string, zoom: number) => {
  const { family, files } = installedFonts();
  // A picture without its letters is worse than none.
  if (!family && svg.includes('<text')) throw new Error(`No monospace font found. ${REMEDY}`);
  const hasFurtherLetters = /[\u0370-\u{10ffff}]/u.test(svg);
  return new Resvg(svg, {
    fitTo: { mode: 'zoom', value: zoom },
    font: {
      fontFiles: files,
      defaultFontFamily: family,
      monospaceFamily: family,
      loadSystemFonts: hasFurtherLetters,
    },
  }).render();
};

/** The fonts of this machine that pictures are drawn with; without a family there is none. */
export const installedFonts = (): { family?: string; files: string[] } => {
  const found = FONTS.map(({ family, folders, files }) => ({
    family,
    files: filesIn(folders, files),
  })).filter(({ files }) => files.length > 0);
  return { family: found[0]?.family, files: found.flatMap(({ files }) => files) };
};

const filesIn = (folders: string[], files: string[]) =>
  FOLDERS.flatMap((root) =>
    folders.flatMap((folder) => files.map((file) => join(root, folder, file))),
  ).filter(existsSync);
