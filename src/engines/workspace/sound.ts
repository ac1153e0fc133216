import * as z from 'zod/mini';

/** A text of a file that somebody wrote, unless something is wrong with it. */
export function sound(problem: (text: string) => string | undefined) {
  return z.string().check((payload) => {
    const found = problem(payload.value);
    if (found) payload.issues.push({ code: 'custom', message: found, input: payload.value });
  });
}
