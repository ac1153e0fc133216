import type { Actor } from '#engines/core/actor.ts';
import { failureOf } from '#engines/core/errors.ts';
import type { Caller, Host } from '#engines/core/host.ts';
import type { Invocation, Outcome } from '#engines/core/invocation.ts';
import type { Answer, Question } from '#engines/core/question.ts';
import type { Report } from '#engines/core/report.ts';
import type { Askpass } from './askpass/askpass.ts';
import { openHistory } from './history.ts';

/** Somebody who hears of a run and may be asked. */
export interface Follower {
  report(report: Report): void;
  /** Says `needs-input` where nobody is there. */
  ask(question: Question): Promise<Answer>;
}

/** One call under way. It belongs to the daemon: it goes on whoever leaves. */
export interface Run {
  readonly action: string;
  readonly actor: Actor;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Known once its plan is being applied. */
  readonly activity: string | undefined;
  /** Never rejects. */
  readonly outcome: Promise<Outcome>;
  /** Tells the follower what was reported so far and goes on; returns how to leave. */
  follow(follower: Follower): () => void;
  cancel(): void;
}

interface RunOptions {
  host: Host;
  invocation: Invocation;
  caller: Pick<Caller, 'actor' | 'cwd' | 'workspace' | 'env'>;
  askpass: Pick<Askpass, 'grant'>;
  startedAt: number;
}

export function startRun({ host, invocation, caller, askpass, startedAt }: RunOptions): Run {
  const followers = new Set<Follower>();
  const history = openHistory();
  const stop = new AbortController();
  let activity: string | undefined;

  function report(report: Report): void {
    if (report.kind === 'started') activity ??= report.activity;
    history.add(report);
    for (const follower of followers) follower.report(report);
  }

  /** Asks one after the other, those who come meanwhile included. */
  async function ask(question: Question): Promise<Answer> {
    for (const follower of followers) {
      const answer = await follower.ask(question);
      if (answer.kind !== 'needs-input') return answer;
    }
    return { kind: 'needs-input' };
  }

  async function perform(): Promise<Outcome> {
    const { env, revoke } = askpass.grant(ask);
    try {
      const whole = { ...caller, signal: stop.signal, report, ask, env: { ...caller.env, ...env } };
      return await host.invoke(invocation, whole);
    } catch (thrown) {
      return { kind: 'failure', failure: failureOf(thrown) };
    } finally {
      revoke();
    }
  }

  return {
    action: invocation.action,
    actor: caller.actor,
    startedAt,
    get activity() {
      return activity;
    },
    // Whoever starts a run follows it before it can ask.
    outcome: Promise.resolve().then(perform),
    follow(follower) {
      for (const past of history.all()) follower.report(past);
      followers.add(follower);
      return () => followers.delete(follower);
    },
    cancel: () => stop.abort(),
  };
}
