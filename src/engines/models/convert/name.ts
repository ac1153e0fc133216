/** What a conversion is called among processes: its log is found by it. */
export function converterName(id: string): string {
  return `convert-${id.replaceAll('/', '-')}`;
}
