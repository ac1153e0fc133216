/** File and directory names that a careless program trips over; the key says why. */
export const HOSTILE_NAMES = {
  space: 'two words',
  newline: 'two\nlines',
  tab: 'a\ttab',
  unicode: 'naïve-日本語',
  combining: 'e\u0301clair',
  emoji: 'boat-⛵',
  bidi: 'abc\u202edef',
  escape: '\x1b[31mred\x1b[0m',
  title: '\x1b]0;owned\x07',
  dash: '-rf',
  option: '--upload-pack=touch owned',
  command: '$(touch owned)',
  semicolon: 'a;touch owned',
  quote: `it's "quoted"`,
  backslash: 'back\\slash',
  glob: '*[!a]?',
  dollar: '$HOME',
  percent: '%s%n',
  hash: '#not-a-comment',
  latin1: 'caf\u00e9',
} as const;

/** Branch names that git allows and a careless program trips over. `dash` needs `update-ref` to be made. */
export const HOSTILE_BRANCHES = {
  unicode: 'naïve-日本語',
  dash: '-rf',
  option: '--upload-pack=owned',
  command: '$(id)',
  semicolon: 'a;id',
  quote: `it's"quoted"`,
  percent: '%s%n',
  hash: '#1-fix',
  at: 'user@host',
  long: `feature/${'long-'.repeat(30)}name`,
} as const;
