import type { Resource, World } from '#engines/core/resource.ts';

export interface Resources {
  use<T>(resource: Resource<T>): T;
  close(): Promise<void>;
}

/** Opens each resource once, on first use, and closes them all in reverse order. */
export function openResources(world: World): Resources {
  const opened = new Map<string, { value: unknown; close: () => void | Promise<void> }>();

  function use<T>(resource: Resource<T>): T {
    const known = opened.get(resource.id);
    if (known) return known.value as T;
    const value = resource.open(world, use);
    opened.set(resource.id, { value, close: () => resource.close(value) });
    return value;
  }

  async function close(): Promise<void> {
    const closing = [...opened.values()].reverse();
    opened.clear();
    for (const one of closing) await one.close();
  }

  return { use, close };
}
