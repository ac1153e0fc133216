type Environment = Readonly<Record<string, string | undefined>>;

/** What git, ssh, their helpers and planners take from the terminal that they were called from. */
const WANTED = [
  'PATH',
  'GANTRY_MODELS',
  'HF_ENDPOINT',
  'HF_TOKEN',
  'HF_TOKEN_PATH',
  'HF_HOME',
  'GANTRY_MODELS_DIRECTORY',
  'GANTRY_MODELS_CONVERTER',
  'GANTRY_WORKER_FIRST_PORT',
  'GANTRY_POOL_USE',
  'GANTRY_POOL_PORT',
  'GANTRY_POOL_TOKEN',
  'GANTRY_POOL_TOKEN_FILE',
  'SSH_AUTH_SOCK',
  'SSH_AGENT_PID',
  'GIT_SSH',
  'GIT_SSH_COMMAND',
  'DISPLAY',
  'WAYLAND_DISPLAY',
  'XAUTHORITY',
  'DBUS_SESSION_BUS_ADDRESS',
  'KRB5CCNAME',
  'GNUPGHOME',
  'GPG_TTY',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'ALL_PROXY',
  'NO_PROXY',
  'http_proxy',
  'https_proxy',
  'all_proxy',
  'no_proxy',
];

/** The client's variables for its `hello`; null where it has none, so that the daemon's own does not stand in for it. */
export function sentEnvironment(env: Environment): Record<string, string | null> {
  return Object.fromEntries(WANTED.map((name) => [name, env[name] ?? null]));
}

/** The other end: what is laid over the daemon's environment for this client's calls. Other names are left aside. */
export function receivedEnvironment(sent: Record<string, string | null>): Environment {
  return Object.fromEntries(
    WANTED.filter((name) => sent[name] !== undefined).map((name) => [name, sent[name] ?? undefined]),
  );
}
