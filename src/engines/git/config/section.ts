import type { Context } from '#engines/core/context.ts';
import { printOf, readConfigText, rewriteConfig } from './file.ts';

/** A section of the configuration with the place that it has there; texts are latin1. */
export interface Section {
  text: string;
  at: number;
  /** Fingerprint of the file without it. */
  rest: string;
}

/** The section that git keeps of a branch; nothing where it keeps none. */
export async function readBranchSection(cwd: string, branch: string): Promise<Section | undefined> {
  return sectionIn(await readConfigText(cwd), asText(branch));
}

export function sectionIn(text: string, branch: string): Section | undefined {
  const head = `[branch "${branch.replaceAll(/["\\]/g, '\\$&')}"]`;
  const lines = text.split(/(?<=\n)/);
  const first = lines.findIndex((line) => line.trim() === head);
  if (first === -1) return undefined;
  const length = lines.slice(first + 1).findIndex((line) => line.trimStart().startsWith('['));
  const last = length === -1 ? lines.length : first + 1 + length;
  const at = lines.slice(0, first).join('').length;
  const own = lines.slice(first, last).join('');
  return { text: own, at, rest: printOf(text.slice(0, at) + text.slice(at + own.length)) };
}

/** Puts a section back: where it was, or at the end where the file has changed since. One that is there again stays. */
export function restoreBranchSection(
  context: Context,
  cwd: string,
  branch: string,
  section: Section,
): Promise<void> {
  return rewriteConfig(context, cwd, (text) => {
    if (sectionIn(text, asText(branch))) return text;
    const at = printOf(text) === section.rest ? section.at : text.length;
    return text.slice(0, at) + section.text + text.slice(at);
  });
}

/** The bytes of a name as a configuration's text has them. */
function asText(name: string): string {
  return Buffer.from(name).toString('latin1');
}
