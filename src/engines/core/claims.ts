import { resource } from './resource.ts';

/** What plans that are being applied in this host take beside their targets: by then it may not be on record yet. */
export interface Claims {
  has(name: string): boolean;
  /** All of them, until what this returns is called; nothing where another plan has one of them. */
  take(names: readonly string[]): (() => void) | undefined;
}

export const claims = resource<Claims>({ id: 'claims', open: openClaims, close: () => {} });

/** A port of this machine. */
export function portClaim(port: number): string {
  return `port ${port}`;
}

function openClaims(): Claims {
  const taken = new Set<string>();
  return {
    has: (name) => taken.has(name),
    take(names) {
      if (names.some((name) => taken.has(name))) return undefined;
      for (const name of names) taken.add(name);
      return () => {
        for (const name of names) taken.delete(name);
      };
    },
  };
}
