const MINUTE = 60_000;

/** Lets so many runs of a trigger through in any minute: whatever a command sets off itself comes to rest there. */
export interface Gate {
  /** Milliseconds until one more is let through; 0 is now. */
  wait(name: string, rate: number, now: number): number;
  pass(name: string, now: number): void;
}

export function openGate(): Gate {
  const passed = new Map<string, number[]>();

  function recent(name: string, now: number): number[] {
    const left = (passed.get(name) ?? []).filter((at) => at > now - MINUTE && at <= now);
    passed.set(name, left);
    return left;
  }

  return {
    wait(name, rate, now) {
      const oldest = recent(name, now).at(-rate);
      return oldest === undefined ? 0 : oldest + MINUTE - now;
    },
    pass: (name, now) => void recent(name, now).push(now),
  };
}
