export type History = {
  /** Files in the first commit; 3 unless told. */
  files?: number;
  /** Commits in all, each after the first changing one file; 3 unless told. */
  commits?: number;
};

const FIRST_COMMIT = 1_767_323_045;
const MINUTE = 60;
const PERSON = 'Ada Example <ada@example.test>';
const WORDS = ['Refine', 'Tidy', 'Extend', 'Repair', 'Describe'];

/** A deterministic history of `main` in git's fast-import format: one process makes it, however long it is. */
export const historyStream = ({ files = 3, commits = 3 }: History): string => {
  const paths = ['README.md', ...Array.from({ length: files - 1 }, (_, index) => pathOf(index))];
  const first = paths.map((path) => file(path, 0));
  const later = Array.from({ length: commits - 1 }, (_, index) => {
    const path = paths[index % paths.length] ?? 'README.md';
    return commit(index + 1, `${WORDS[index % WORDS.length]} ${path}`, [file(path, index + 1)]);
  });
  return [commit(0, 'Begin', first), ...later, 'done\n'].join('');
};

const pathOf = (index: number) => `src/part-${Math.floor(index / 20)}/file-${index % 20}.txt`;

const file = (path: string, version: number) => `M 100644 inline ${path}\n${data(contentOf(path, version))}`;

const contentOf = (path: string, version: number) =>
  Array.from(
    { length: 12 },
    (_, line) => `${path}, line ${line}, version ${line === version % 12 ? version : 0}\n`,
  ).join('');

const commit = (index: number, message: string, changes: string[]) => {
  const date = `${FIRST_COMMIT + index * MINUTE} +0000`;
  return `commit refs/heads/main\nauthor ${PERSON} ${date}\ncommitter ${PERSON} ${date}\n${data(message)}${changes.join('')}`;
};

const data = (content: string) => `data ${Buffer.byteLength(content)}\n${content}\n`;
