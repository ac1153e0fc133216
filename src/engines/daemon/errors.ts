import { errors } from '#engines/core/errors.ts';

export const daemonError = errors({
  'daemon-absent': { exit: 'failed', meaning: 'No daemon runs for this user on this machine.' },
  'daemon-lost': {
    exit: 'failed',
    meaning:
      'Only the view of the work ended: what the daemon was doing goes on, or can be resumed if it died.',
  },
  'host-lost': {
    exit: 'failed',
    meaning: 'What it was doing stopped after the step it was at and can be resumed.',
  },
  'daemon-silent': { exit: 'failed', meaning: 'It accepts connections and answers none of them: it hangs.' },
  'daemon-start-failed': {
    exit: 'failed',
    meaning: 'The screen and everything in the background need the daemon.',
  },
  'daemon-stopping': { exit: 'failed', meaning: 'It finishes what runs and takes no new work.' },
  'program-unknown': {
    exit: 'failed',
    meaning: 'Gantry starts its daemon by its own launcher, which this process was not started by.',
  },
  'asked-from-within': {
    exit: 'failed',
    meaning: 'What the screen does runs in the daemon itself: ask for this in a shell.',
  },
  'manager-absent': {
    exit: 'failed',
    meaning:
      'Nothing here would start the daemon for you at login or after a crash; nothing was changed, and it is started on demand.',
  },
  'manager-failed': {
    exit: 'failed',
    meaning: 'The steps before it were done and can be undone; the same command again goes on from here.',
  },
  'linger-refused': {
    exit: 'failed',
    meaning: 'Without lingering, the daemon and all that it keeps end when you log out.',
  },
  'unit-changed': { exit: 'failed', meaning: 'Somebody else has changed it: it was left as it is.' },
  'unit-unwritable': { exit: 'failed', meaning: 'It is as it was before.' },
  'unit-path-unsafe': {
    exit: 'failed',
    meaning: 'The system would not take it, or would take it for something else: nothing was changed.',
  },
  'runtime-unsafe': {
    exit: 'failed',
    meaning: 'Whoever can write there could answer in the place of the daemon; nothing was started.',
  },
  'runtime-unusable': { exit: 'failed', meaning: 'The daemon keeps its socket and its log there.' },
  'protocol-unsupported': { exit: 'failed', meaning: 'The two programs have no common language.' },
  'handover-refused': {
    exit: 'failed',
    meaning:
      'Only a newer program, or another build of the same version, takes over; the daemon goes on serving.',
  },
  'wire-garbage': {
    exit: 'usage',
    meaning: 'What was sent is not in the protocol; the connection was closed.',
  },
  'wire-torn': {
    exit: 'usage',
    meaning: 'The connection ended in the middle of a message, which was left aside.',
  },
  'line-too-long': { exit: 'usage', meaning: 'A message has to fit into one line of bounded length.' },
  'too-many-calls': { exit: 'usage', meaning: 'This call was not begun; those under way go on.' },
  'activity-not-running': { exit: 'usage', meaning: 'Only what runs in this daemon can be attached to.' },
});
