export type Patience = {
  /** What is awaited, for the error: "the daemon to end". */
  what: string;
  /** Milliseconds until the wait is given up; 10 s unless told. */
  within?: number;
};

export const DEADLINE = 10_000;
const INTERVAL = 10;

/**
 * Waits until the probe gives something truthy and returns it. Only for what tells nobody when it changes: the pid of
 * another process's child, a file. Everything else has an event to wait for.
 */
export const until = async <T>(
  probe: () => T | Promise<T>,
  { what, within = DEADLINE }: Patience,
): Promise<NonNullable<T>> => {
  const end = Date.now() + within;
  for (;;) {
    const found = await probe();
    if (found) return found;
    if (Date.now() > end) throw new Error(`Waited ${within} ms for ${what}, in vain.`);
    await new Promise((wake) => setTimeout(wake, INTERVAL));
  }
};
