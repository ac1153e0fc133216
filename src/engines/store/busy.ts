const SQLITE_BUSY = 5;

/** Whether SQLite threw because another connection has its lock. */
export function isBusy(thrown: unknown): boolean {
  return (thrown as { errcode?: number }).errcode === SQLITE_BUSY;
}
