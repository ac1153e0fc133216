import { errors } from '#engines/core/errors.ts';

export const gateError = errors({
  'gate-address': {
    exit: 'usage',
    meaning: 'A gateway goes by an http or https address without a user, a query or a fragment.',
  },
  'gate-unreachable': { exit: 'network', meaning: 'Nothing that was asked for was done.' },
  'gate-timeout': {
    exit: 'network',
    meaning: 'Whether the gateway has done what it was asked for is not known.',
  },
  'gate-failed': { exit: 'network', meaning: 'The gateway was asked, and did not do it.' },
  'gate-broken': { exit: 'network', meaning: 'Nothing of what it says is relied on.' },
  'gate-model-unknown': { exit: 'failed', meaning: 'The gateway knows no model of that name.' },
  'gate-model-exists': {
    exit: 'failed',
    meaning: 'A name stands for one model; the one that is there was left as it is.',
  },
  'gate-route-unknown': { exit: 'failed', meaning: 'The gateway has no such route; nothing was changed.' },
  'gate-file': { exit: 'usage', meaning: 'Nothing was sent.' },
  'gate-file-changed': {
    exit: 'failed',
    meaning: 'What was sent of it is not kept: a gateway keeps models that have come as a whole.',
  },
  'gate-port-taken': {
    exit: 'failed',
    meaning: 'A port belongs to one program; no gateway listens there.',
  },
  'gate-not-listening': { exit: 'failed', meaning: 'The daemon tries again by itself.' },
});
