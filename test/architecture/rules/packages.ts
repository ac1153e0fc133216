import type { Rule } from '../rule.ts';

interface Packages {
  /** What an import names. */
  packages: RegExp;
  /** The paths that may import it. */
  home: RegExp;
}

export function importedOnlyAt({ packages, home }: Packages): Rule['check'] {
  return (modules) =>
    modules
      .filter(({ path }) => !home.test(path))
      .flatMap(({ path, imports }) =>
        imports
          .filter(({ target }) => packages.test(target))
          .map(({ target, line }) => ({ path, line, what: `imports ${target}` })),
      );
}
