import type { ProcessDetail } from '#engines/process/types.ts';
import { ago, took } from './age.ts';
import { fact } from './facts.ts';
import { type Line, span } from './line.ts';
import type { Look } from './look.ts';
import { plain } from './plain.ts';
import { exitWords, stateLine, stateSign } from './processes.ts';
import { wrapLine } from './wrap.ts';

type Probe = NonNullable<ProcessDetail['spec']['alive']>;

/** Of each process how it is asked, what it answered last, and what becomes of it when it ends. */
export function healthLines(processes: readonly ProcessDetail[], width: number, look: Look): Line[] {
  return processes.flatMap((process, index) => [
    ...(index > 0 ? [[]] : []),
    [
      ...stateSign(process.phase, look),
      span(` ${plain(process.id)}  `, 'strong'),
      ...stateLine(process.phase, null),
    ],
    ...factsOf(process, look).flatMap((line) => wrapLine([span('  '), ...line], width)),
  ]);
}

function factsOf(
  { phase, why, probed, readyAt, endedAt, exit, againAt, restarts, spec }: ProcessDetail,
  look: Look,
): Line[] {
  const { alive, ready, restart } = spec;
  const quiet = (text: string): Line => [span(text, 'quiet')];
  const since = (moment: number) => ago(look.now - moment);
  return [
    ...(why === null ? [] : fact('why', [span(plain(why), phase === 'running' ? undefined : 'warning')])),
    ...fact(
      'asked',
      alive || ready
        ? probeLine((alive ?? ready) as Probe)
        : quiet('nothing: it counts as ready once it runs'),
    ),
    ...(probed
      ? fact('answer', [
          span(plain(probed.said), probed.ok ? 'good' : 'warning'),
          span(`  ${since(probed.at)}`, 'quiet'),
        ])
      : []),
    ...(readyAt === null || endedAt !== null ? [] : fact('ready', quiet(since(readyAt)))),
    ...(endedAt === null
      ? []
      : fact('last end', [span(exitWords(exit)), span(`  ${since(endedAt)}`, 'quiet')])),
    ...fact('restarts', [
      span(String(restarts), restarts > 0 ? 'warning' : undefined),
      span(`  ${policyWords(restart.policy)}`, 'quiet'),
    ]),
    ...(againAt === null ? [] : fact('next', quiet(`in ${took(Math.max(0, againAt - look.now))}`))),
  ];
}

/** What is asked, how often, and how many failures are too many. */
function probeLine(probe: Probe): Line {
  return [
    span(plain(questionOf(probe))),
    span(`  every ${probe.every / 1_000} s, ${probe.failures} failures in a row end it`, 'quiet'),
  ];
}

function questionOf(probe: Probe): string {
  switch (probe.kind) {
    case 'http':
      return `GET ${probe.url}`;
    case 'tcp':
      return `tcp ${probe.host}:${probe.port}`;
    case 'command':
      return probe.argv.join(' ');
    case 'log':
      return `the log for ${probe.text}`;
  }
}

function policyWords(policy: ProcessDetail['spec']['restart']['policy']): string {
  return policy === 'never'
    ? 'it is never started again'
    : policy === 'always'
      ? 'always started again'
      : 'started again when it fails';
}
