import { errors } from '#engines/core/errors.ts';

export const downloadError = errors({
  'endpoint-invalid': {
    exit: 'usage',
    meaning: 'A hub goes by an http or https address without a user name in it.',
  },
  'file-invalid': {
    exit: 'usage',
    meaning: 'A file goes by the repository it is in (owner/name) and its path there.',
  },
  'repo-missing': {
    exit: 'failed',
    meaning: 'The hub has no such repository, or shows it only to those who may see it.',
  },
  'repo-gated': {
    exit: 'denied',
    meaning: 'Its owner wants to be asked before anybody downloads from it.',
  },
  'revision-missing': { exit: 'failed', meaning: 'The repository has no such branch, tag or commit.' },
  'file-missing': { exit: 'failed', meaning: 'The repository has no such file.' },
  'token-refused': { exit: 'denied', meaning: 'The hub does not accept the token that was sent.' },
  'hub-busy': { exit: 'network', meaning: 'The hub limits how often it is asked; later it answers again.' },
  'hub-failed': { exit: 'network', meaning: 'The hub itself is not well.' },
  'hub-unreachable': {
    exit: 'network',
    meaning: 'Nothing that answers was found at the address of the hub.',
  },
  'hub-strange': {
    exit: 'network',
    meaning: 'What answered does not speak as a hub does; a proxy may have answered in its place.',
  },
  'room-short': { exit: 'failed', meaning: 'What is to come does not fit on the disk.' },
  'place-taken': {
    exit: 'failed',
    meaning: 'Another file is there under that name; it was left as it is.',
  },
  'place-unwritable': { exit: 'failed', meaning: 'The directory takes no files from this user.' },
  'bytes-corrupt': {
    exit: 'failed',
    meaning: 'What came is not what the hub promised; it was put aside and never had its name.',
  },
  'download-stalled': {
    exit: 'network',
    meaning: 'What has come so far is kept, and retrying goes on from there.',
  },
  'hf-missing': {
    exit: 'failed',
    meaning: 'That way of downloading runs the hf command, which comes with huggingface_hub.',
  },
  'hf-failed': { exit: 'failed', meaning: 'What hf has downloaded so far is as hf left it.' },
  'download-stopped': { exit: 'failed', meaning: 'Somebody took it from the queue; what has come is kept.' },
  'download-unnamed': { exit: 'usage', meaning: 'Downloads are named, or all of them are meant with --all.' },
  'download-unknown': { exit: 'usage', meaning: 'No download of that model, file or number is on record.' },
  'downloads-left': {
    exit: 'failed',
    meaning: 'A daemon that stops leaves its downloads to the next one, which goes on with them.',
  },
});
