/**
 * Paths whose every byte is one character (latin1): what git calls a file can be any bytes, and this keeps them through
 * strings and JSON. `decodePath` gives the text that people see.
 */
export type BytePath = string;

export function pathBytes(...parts: (string | Uint8Array)[]): Buffer {
  return Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)));
}

/** Absolute bytes of a path below a directory. */
export function below(directory: string, path: BytePath): Buffer {
  return pathBytes(Buffer.from(`${directory}/`), path);
}

/** The directory of a path; the top is the empty path. */
export function parentOf(path: BytePath): BytePath {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** The name as text; nothing where it is not valid UTF-8. */
export function decodePath(path: BytePath): string | undefined {
  const bytes = pathBytes(path);
  const text = bytes.toString();
  return Buffer.from(text).equals(bytes) ? text : undefined;
}

export function splitNul(output: string): string[] {
  const parts = output.split('\0');
  parts.pop();
  return parts;
}
