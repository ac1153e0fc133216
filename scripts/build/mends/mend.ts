// One text replacement in one file of one exact package version; `find` must occur exactly once.
export type Edit = { find: string; replace: string };

export type Mend = {
  package: string;
  version: string;
  file: string;
  edits: Edit[];
};

export function applyMend(mend: Mend, source: string): string {
  return mend.edits.reduce((text, edit) => replaceOnce(text, edit, mend), source);
}

function replaceOnce(text: string, { find, replace }: Edit, mend: Mend): string {
  const [before, after, ...more] = text.split(find);
  if (before === undefined || after === undefined || more.length > 0) {
    throw new Error(
      `${mend.package} ${mend.version}, ${mend.file}: expected exactly one ${JSON.stringify(find)}, found ${text.split(find).length - 1}`,
    );
  }
  return before + replace + after;
}
