import { errors } from '#engines/core/errors.ts';

export const undoError = errors({
  'undo-nothing': { exit: 'usage', meaning: 'No activity of this workspace can be taken back.' },
  'undo-done': { exit: 'usage', meaning: 'It was taken back already.' },
  'undo-impossible': { exit: 'failed', meaning: 'Nothing that it did can be taken back.' },
  'undo-moved': {
    exit: 'failed',
    meaning: 'It is no longer as the activity left it: taking that back would go over what was done since.',
  },
  'undo-behind': {
    exit: 'failed',
    meaning: 'What was done after it, and needs it, is not taken back.',
  },
  'undo-gone': {
    exit: 'failed',
    meaning: 'What it takes to take it back is there no more: it was deleted to make room, or has ended.',
  },
  'undo-unknown': {
    exit: 'failed',
    meaning:
      'Its process died in the middle of a step, and what that step did must be known before it is taken back.',
  },
  'resume-nothing': {
    exit: 'usage',
    meaning: 'Only an activity whose process died, or that was cancelled, can be resumed.',
  },
});
