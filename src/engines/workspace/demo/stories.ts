import type { Author, Commit } from './history.ts';

/** What a repo of the demo workspace shows. */
export type State =
  | 'clean'
  | 'dirty'
  | 'ahead'
  | 'behind'
  | 'diverged'
  | 'conflicted'
  | 'submodules'
  | 'worktrees';

export interface Story {
  name: string;
  state: State;
  /** What the remote has when the repo is cloned. */
  published: Commit[];
  /** What was committed here afterwards. */
  here?: Commit[];
  /** What was pushed by others afterwards. */
  there?: Commit[];
}

type Line = [author: Author, message: string, files: Record<string, string>];

const MAIN = 'refs/heads/main';
const DEVELOP = 'refs/heads/develop';

/** Tidewater sells tickets for ferries; its eight repos are the demo workspace. */
export const STORIES: readonly Story[] = [
  {
    name: 'gateway',
    state: 'clean',
    published: published('gateway', [
      ['ada', 'feat: route requests by path prefix', { 'src/routes.ts': routes(['/tickets', '/ports']) }],
      ['tomas', 'feat: limit requests per customer', { 'src/limits.ts': 'export const PER_MINUTE = 120;\n' }],
      ['mei', 'fix: answer 429 with a Retry-After header', { 'src/limits.ts': limits(120, 30) }],
      ['ada', 'feat: route sailings', { 'src/routes.ts': routes(['/tickets', '/ports', '/sailings']) }],
    ]),
  },
  {
    name: 'web',
    state: 'dirty',
    published: published('web', [
      ['mei', 'feat: show the sailings of a day', { 'src/sailings.ts': sailings('departure') }],
      ['priya', 'feat: remember the last port', { 'src/port.ts': "export const LAST_PORT = 'last-port';\n" }],
      ['mei', 'style: larger touch targets', { 'src/button.css': '.button {\n  min-height: 44px;\n}\n' }],
    ]),
  },
  {
    name: 'worker',
    state: 'ahead',
    published: published('worker', [
      ['tomas', 'feat: send tickets by mail', { 'src/mail.ts': mail('ticket') }],
      ['tomas', 'fix: retry a mail three times', { 'src/retry.ts': 'export const ATTEMPTS = 3;\n' }],
    ]),
    here: continued([
      ['tomas', 'perf: send mails in batches of fifty', { 'src/mail.ts': mail('batch') }],
      [
        'tomas',
        'test: batches that are not full',
        { 'test/mail.test.ts': "test('sends what is left', () => {});\n" },
      ],
    ]),
  },
  {
    name: 'billing',
    state: 'behind',
    published: published('billing', [
      ['priya', 'feat: charge a card', { 'src/charge.ts': charge('card') }],
      ['priya', 'feat: refund within a day', { 'src/refund.ts': 'export const REFUND_HOURS = 24;\n' }],
    ]),
    there: continued([
      ['ada', 'feat: pay by invoice', { 'src/charge.ts': charge('invoice') }],
      ['priya', 'fix: refunds across midnight', { 'src/refund.ts': 'export const REFUND_HOURS = 26;\n' }],
      ['ada', 'chore: round to the cent in one place', { 'src/round.ts': 'export const CENTS = 100;\n' }],
    ]),
  },
  {
    name: 'search',
    state: 'diverged',
    published: published('search', [
      ['mei', 'feat: find a sailing by port and day', { 'src/query.ts': query(['port', 'day']) }],
      ['ada', 'perf: keep the index in memory', { 'src/index.ts': 'export const INDEX = new Map();\n' }],
    ]),
    here: continued([['mei', 'feat: find a sailing by ship', { 'src/ship.ts': query(['ship']) }]]),
    there: continued([
      ['ada', 'fix: ports with umlauts', { 'src/normal.ts': "export const FORM = 'NFKD';\n" }],
      ['tomas', 'docs: how to rebuild the index', { 'docs/index.md': '# Index\n\nRun `make index`.\n' }],
    ]),
  },
  {
    name: 'mobile',
    state: 'conflicted',
    published: published('mobile', [
      ['priya', 'feat: show a ticket as a code', { 'src/ticket.ts': ticket('qr', 'medium') }],
      ['mei', 'feat: work without a network', { 'src/offline.ts': 'export const KEEP_DAYS = 7;\n' }],
    ]),
    here: continued([
      ['priya', 'feat: codes that scan in sunlight', { 'src/ticket.ts': ticket('qr', 'high') }],
    ]),
    there: continued([
      ['mei', 'feat: codes for the new gates', { 'src/ticket.ts': ticket('aztec', 'medium') }],
    ]),
  },
  {
    name: 'platform',
    state: 'submodules',
    published: published('platform', [
      ['ada', 'feat: start every service with one command', { 'compose.yaml': 'services:\n  gateway: {}\n' }],
      ['tomas', 'feat: check health before traffic', { 'health.sh': '#!/bin/sh\ncurl -fsS "$1/health"\n' }],
    ]),
  },
  {
    name: 'docs',
    state: 'worktrees',
    published: [
      ...published('docs', [
        [
          'priya',
          'docs: how a ticket is sold',
          { 'guides/selling.md': '# Selling\n\nFrom search to code.\n' },
        ],
        ['ada', 'docs: words that we use', { 'words.md': '# Words\n\n- sailing: one trip of one ship\n' }],
      ]),
      ...branch('refs/heads/feature/refunds', [
        ['priya', 'docs: how a refund is made', { 'guides/refunds.md': '# Refunds\n\nWithin a day.\n' }],
      ]),
      ...branch('refs/heads/feature/offline', [
        ['mei', 'docs: what works without a network', { 'guides/offline.md': '# Offline\n\nSeven days.\n' }],
      ]),
      ...branch('refs/heads/release/2.1.0', [
        ['ada', 'docs: notes for 2.1.0', { 'notes/2.1.0.md': '# 2.1.0\n' }],
      ]),
    ],
  },
];

/** The library that `platform` has as a submodule twice, once at an older commit. */
export const LIBRARY = {
  name: 'proto',
  published: published('proto', [
    ['ada', 'feat: messages of a sailing', { 'sailing.proto': 'message Sailing { string port = 1; }\n' }],
    ['mei', 'feat: messages of a ticket', { 'ticket.proto': 'message Ticket { string code = 1; }\n' }],
  ]),
};

/** A first commit, the given ones on develop, and a merge of them into main. */
function published(name: string, lines: Line[]): Commit[] {
  const readme = { 'README.md': `# ${name}\n\nPart of Tidewater, tickets for ferries.\n` };
  const files = Object.assign({}, ...lines.map(([, , changed]) => changed)) as Record<string, string>;
  return [
    { ref: MAIN, author: 'ada', message: `chore: begin ${name}`, files: readme },
    ...lines.map(
      ([author, message, changed], index): Commit => ({
        ref: DEVELOP,
        ...(index === 0 && { from: MAIN }),
        author,
        message,
        files: changed,
      }),
    ),
    { ref: MAIN, merge: DEVELOP, author: 'ada', message: "Merge branch 'develop'", files },
  ];
}

function branch(ref: string, lines: Line[]): Commit[] {
  return lines.map(([author, message, files], index) => ({
    ref,
    ...(index === 0 && { from: DEVELOP }),
    author,
    message,
    files,
  }));
}

/** Goes on from what is published on main. */
function continued(lines: Line[]): Commit[] {
  return lines.map(([author, message, files], index) => ({
    ref: MAIN,
    ...(index === 0 && { from: `${MAIN}^0` }),
    author,
    message,
    files,
  }));
}

function routes(prefixes: string[]): string {
  return `export const ROUTES = [\n${prefixes.map((prefix) => `  '${prefix}',\n`).join('')}];\n`;
}

function limits(perMinute: number, retryAfter: number): string {
  return `export const PER_MINUTE = ${perMinute};\nexport const RETRY_AFTER = ${retryAfter};\n`;
}

function sailings(order: string): string {
  return `export function sailingsOf(day: string) {\n  return list(day).toSorted(by('${order}'));\n}\n`;
}

function mail(unit: string): string {
  return `export async function send(${unit}: Mail) {\n  await transport.send(${unit});\n}\n`;
}

function charge(means: string): string {
  return `export async function charge(cents: number) {\n  return pay('${means}', cents);\n}\n`;
}

function query(keys: string[]): string {
  return `export const KEYS = [${keys.map((key) => `'${key}'`).join(', ')}];\n`;
}

function ticket(format: string, contrast: string): string {
  return `export const CODE = {\n  format: '${format}',\n  contrast: '${contrast}',\n};\n`;
}
