import { errors } from '#engines/core/errors.ts';

export const triggerError = errors({
  'trigger-unknown': { exit: 'usage', meaning: 'No trigger of that name is on record.' },
  'trigger-exists': {
    exit: 'failed',
    meaning: 'A name stands for one trigger on this machine; the one that is there was left as it is.',
  },
  'trigger-option': {
    exit: 'usage',
    meaning: 'Each thing that a trigger waits for has options of its own.',
  },
  'trigger-path': { exit: 'usage', meaning: 'Nothing could be watched there; nothing was done.' },
  'trigger-too-much': {
    exit: 'usage',
    meaning: 'Each directory that is watched costs the machine something; a narrower pattern needs fewer.',
  },
  'trigger-repo': { exit: 'git', meaning: 'Refs are watched in a git repository of this machine.' },
  'trigger-ref': {
    exit: 'usage',
    meaning: 'A ref is HEAD, a branch, a tag, or a full name such as refs/heads/main.',
  },
  'trigger-undeclared': {
    exit: 'denied',
    meaning:
      'Agents can call only artifacts whose authors meant them to: execution.bindings.a2a declares it.',
  },
  'trigger-no-token': {
    exit: 'usage',
    meaning: 'Webhooks have a token of their own each; for tasks it is the one of the server.',
  },
  'trigger-token-private': {
    exit: 'denied',
    meaning: 'Tokens are for people and their programs; a tool result can be read by others.',
  },
});
