export interface Edit {
  key: string;
  value: string | null;
  before: string | null;
}

export function editArgs({ key, value }: Pick<Edit, 'key' | 'value'>): string[] {
  if (value === null) return ['config', '--local', '--unset-all', '--end-of-options', key];
  return ['config', '--local', '--replace-all', '--end-of-options', key, value];
}
