/** A path as people say it: from home, and of a deep one the end. */
export function tidyPath(absolute: string, home: string, more: string): string {
  const path =
    absolute === home || absolute.startsWith(`${home}/`) ? `~${absolute.slice(home.length)}` : absolute;
  const parts = path.split('/').filter(Boolean);
  return parts.length > 4 ? `${more}/${parts.slice(-3).join('/')}` : path;
}
