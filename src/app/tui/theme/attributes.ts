/** How a tone looks: attributes of SGR, colours as their parameters (`31`, `38;2;r;g;b`). */
export interface Attributes {
  foreground?: string;
  background?: string;
  bold?: boolean;
  dim?: boolean;
  underline?: boolean;
  inverse?: boolean;
}

/** The sequence that switches the attributes on; empty where there are none. */
export function sgr({ foreground, background, bold, dim, underline, inverse }: Attributes): string {
  const parameters = [
    bold && '1',
    dim && '2',
    underline && '4',
    inverse && '7',
    foreground,
    background,
  ].filter(Boolean);
  return parameters.length > 0 ? `\x1b[${parameters.join(';')}m` : '';
}

export function rgb(hex: string, layer: 'foreground' | 'background' = 'foreground'): string {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  return `${layer === 'foreground' ? 38 : 48};2;${red};${green};${blue}`;
}
