/** A name as directories, services and URLs have it: lower-case letters, digits, `-`, `_` and `.`; `artifact` of nothing. */
export function slugOf(name: string): string {
  const slug = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, '-')
    .replaceAll(/^[-.]+|[-.]+$/g, '')
    .slice(0, 64);
  return slug === '' ? 'artifact' : slug;
}
