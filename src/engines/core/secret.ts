const SECRET =
  /(^|[_-])(authorization|cookie|secret|token|password|passwd|passphrase|credentials?|private[_-]?key|api[_-]?key|access[_-]?key)([_-]|$)/i;

/** Whether what a variable or a header of this name has is nobody's to read. */
export function isSecretName(name: string): boolean {
  return SECRET.test(name);
}
