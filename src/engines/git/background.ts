/** No lock that could be in a person's way, and no program that the repository's settings name. */
export const BACKGROUND_OPTIONS = ['--no-optional-locks', '-c', 'core.fsmonitor=false'] as const;
