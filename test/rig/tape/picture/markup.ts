export const round = (value: number) => Math.round(value * 100) / 100;

/** Escapes what XML gives a meaning and drops what it cannot hold. */
export const escaped = (text: string) =>
  text
    .replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;');
