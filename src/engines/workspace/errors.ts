import { errors } from '#engines/core/errors.ts';

export const workspaceError = errors({
  'workspace-missing': {
    exit: 'workspace',
    meaning: 'A workspace is a directory with a manifest that lists repos; none was found here or above.',
  },
  'manifest-invalid': {
    exit: 'workspace',
    meaning: 'The manifest is left exactly as it is until it can be read again.',
  },
  'manifest-unreadable': {
    exit: 'workspace',
    meaning: 'Without the manifest nothing is known of the workspace.',
  },
  'manifest-unwritable': { exit: 'workspace', meaning: 'The manifest is as it was before.' },
  'manifest-changed': {
    exit: 'workspace',
    meaning: 'Somebody else wrote the manifest meanwhile; nothing of it was overwritten.',
  },
  'manifest-unpatchable': {
    exit: 'workspace',
    meaning: 'Gantry could not make this change without touching other parts of the file, so it made none.',
  },
  'repo-unknown': { exit: 'usage', meaning: 'The manifest of this workspace lists no repo of that name.' },
  'repo-absent': { exit: 'workspace', meaning: 'The manifest lists it, and its files are not there (yet).' },
  'repo-exists': { exit: 'usage', meaning: 'Names and paths of repos are unique in a workspace.' },
  'repo-name-unusable': {
    exit: 'usage',
    meaning: 'Names stand in commands, paths and on the screen, so some characters are not allowed in them.',
  },
  'repo-url-unusable': { exit: 'usage', meaning: 'git could take it for something other than an address.' },
  'repo-url-missing': { exit: 'workspace', meaning: 'It can not be cloned from anywhere.' },
  'repo-path-unusable': { exit: 'usage', meaning: 'Paths stand in the manifest and on the screen.' },
  'repo-path-taken': { exit: 'workspace', meaning: 'Gantry never writes over files that it did not make.' },
  'repo-at-risk': {
    exit: 'workspace',
    meaning: 'Removing its files could lose work that exists nowhere else, so nothing was removed.',
  },
  'trash-missing': {
    exit: 'workspace',
    meaning: 'The removed files were deleted to make room, or by somebody else.',
  },
  'nothing-found': { exit: 'workspace', meaning: 'There is nothing to make a workspace of.' },
  'directory-not-empty': { exit: 'usage', meaning: 'Gantry never writes over files that it did not make.' },
  'not-a-directory': { exit: 'usage', meaning: 'There is no such directory to look into.' },
  'workspace-untrusted': {
    exit: 'denied',
    meaning: 'Commands that come with a workspace run only after a person has read and trusted them.',
  },
  'trust-needs-person': {
    exit: 'denied',
    meaning: 'Trust is given by people; programs and agents can only ask for it.',
  },
  'setup-failed': { exit: 'failed', meaning: 'The repo is cloned; only its setup command did not succeed.' },
  'command-unstarted': { exit: 'failed', meaning: 'The command did not run here; other repos went on.' },
  'command-failed': {
    exit: 'failed',
    meaning: 'The command ran and ended with an error; other repos went on.',
  },
});
