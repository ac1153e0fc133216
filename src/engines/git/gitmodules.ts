/** A submodule as `.gitmodules` declares it. */
export interface DeclaredSubmodule {
  name: string;
  /** Relative to the worktree. */
  path: string;
  url?: string;
  branch?: string;
}

/** Reads `.gitmodules` without git, for rows; what git would not accept as a path is left out. */
export function parseGitmodules(text: string): DeclaredSubmodule[] {
  const sections = new Map<string, Map<string, string>>();
  let section: Map<string, string> | undefined;
  for (const line of joinContinued(text)) {
    const header = /^\s*\[submodule "((?:[^"\\]|\\.)*)"\]/.exec(line);
    if (header) {
      const name = (header[1] as string).replace(/\\(.)/g, '$1');
      section = sections.get(name) ?? new Map();
      sections.set(name, section);
    } else if (/^\s*\[/.test(line)) {
      section = undefined;
    } else {
      const pair = /^\s*([A-Za-z][\w-]*)\s*=\s*(.*)$/.exec(line);
      if (pair) section?.set((pair[1] as string).toLowerCase(), unquote(pair[2] as string));
    }
  }
  return [...sections].flatMap(([name, keys]) => {
    const path = keys.get('path');
    if (!path || !staysInside(path)) return [];
    return [{ name, path, url: keys.get('url'), branch: keys.get('branch') }];
  });
}

function joinContinued(text: string): string[] {
  return text.replace(/\\\r?\n/g, '').split(/\r?\n/);
}

/** A value of git's configuration syntax: quotes, escapes, comments. */
function unquote(raw: string): string {
  let value = '';
  let quoted = false;
  for (let at = 0; at < raw.length; at += 1) {
    const character = raw[at] as string;
    if (character === '"') quoted = !quoted;
    else if (character === '\\') {
      at += 1;
      value += ESCAPES[raw[at] ?? ''] ?? raw[at] ?? '';
    } else if (!quoted && (character === '#' || character === ';')) break;
    else value += character;
  }
  return quoted ? value : value.trimEnd();
}

const ESCAPES: Record<string, string> = { n: '\n', t: '\t', b: '\b' };

function staysInside(path: string): boolean {
  return !path.startsWith('/') && !path.split('/').includes('..');
}
