import { barOf, type Look } from '../look.ts';
import { mix } from '../theme.ts';
import { escaped, round } from './markup.ts';

const LIGHTS = ['#ff5f57', '#febc2e', '#28c840'];

/** The window around the cells: its margin, its round corners, and the bar with three lights and a title. */
export const windowContent = (title: string, look: Look): string => {
  const { size, margin, marginFill, borderRadius, theme } = look;
  const window = (inset: number, paint: string) => {
    const [width, height] = [size.width, size.height].map((length) => length - (margin + inset) * 2);
    const radius = Math.max(0, borderRadius - inset);
    return `<rect x="${margin + inset}" y="${margin + inset}" width="${width}" height="${height}" rx="${radius}" ${paint}/>`;
  };
  const edge = mix(theme.background, theme.foreground, 0.16);
  return [
    ...(marginFill ? [`<rect width="${size.width}" height="${size.height}" fill="${marginFill}"/>`] : []),
    window(0, `fill="${theme.background}"`),
    window(0.5, `fill="none" stroke="${edge}" stroke-width="1"`),
    ...(barOf(look) > 0 ? [...lights(look), ...caption(title, look)] : []),
  ].join('\n');
};

const lights = ({ windowBar, windowBarSize, margin, size }: Look) => {
  const isRight = windowBar.endsWith('Right');
  const radius = windowBarSize / 7;
  const middle = margin + windowBarSize / 2;
  return LIGHTS.map((light, index) => {
    const step = (isRight ? LIGHTS.length - 1 - index : index) * radius * 3.2;
    const x = isRight ? size.width - middle - step : middle + step;
    const paint = windowBar.startsWith('Rings') ? `fill="none" stroke="${light}"` : `fill="${light}"`;
    return `<circle cx="${round(x)}" cy="${middle}" r="${round(radius)}" ${paint}/>`;
  });
};

const caption = (title: string, { windowBarSize, margin, size, fontSize, theme }: Look) => {
  if (!title) return [];
  const baseline = round(margin + windowBarSize / 2 + fontSize * 0.27);
  const paint = `font-size="${round(fontSize * 0.75)}" fill="${mix(theme.background, theme.foreground, 0.5)}"`;
  return [
    `<text x="${size.width / 2}" y="${baseline}" text-anchor="middle" ${paint}>${escaped(title)}</text>`,
  ];
};
