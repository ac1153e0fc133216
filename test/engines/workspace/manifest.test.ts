import { describe, expect } from 'vitest';
import { failureOf } from '#engines/core/errors.ts';
import { manifestOf, workspaceOf } from '#engines/workspace/manifest.ts';
import { HOSTILE_NAMES } from '../../rig/names.ts';
import { test } from '../../rig/test.ts';

const FILE = '/ws/.gantry/workspace.toml';

const SMCTL = `# Written by smctl
[workspace]
name = "SmallAIOS"
root = "."

[[repos]]
name = "SmallAIOS"
url = "https://example.test/SmallAIOS.git"
default_branch = "main"
build_cmd = "just build"

[[repos]]
name = "ModelGate"
url = "git@example.test:ModelGate.git"
path = "gate"
smctl_home = true
depends_on = ["SmallAIOS"]
colour = "blue"

[flow]
feature_prefix = "feat/"

[worktree]
base_dir = ".worktrees"

[spec]
openspec_dir = "openspec"

[gate]
url = "http://localhost:8080"
timeout_secs = 5

[logging]
transports = ["stderr", "file"]
facility = "local3"

[verify.policy]
sources = ["security/**/*.cedar"]
fail_on = "any"

[somebody.elses]
key = 1979-05-27
`;

type Kind = keyof typeof HOSTILE_NAMES;

const REFUSED: Kind[] = ['newline', 'tab', 'escape', 'title', 'bidi', 'dash', 'option', 'backslash'];
const ALLOWED = (Object.keys(HOSTILE_NAMES) as Kind[]).filter((kind) => !REFUSED.includes(kind));

const named = (name: string) => `[workspace]\nname = "w"\n[[repos]]\nname = ${JSON.stringify(name)}\n`;

const problem = async (text: string) => failureOf(await manifestOf(text, FILE).catch((thrown) => thrown));

describe('reading a manifest', () => {
  test('a whole smctl manifest is read, unknown keys and defaults included', async () => {
    const manifest = await manifestOf(SMCTL, FILE);

    expect(
      manifest.repos.map(({ name, default_branch, depends_on }) => [name, default_branch, depends_on]),
    ).toEqual([
      ['SmallAIOS', 'main', []],
      ['ModelGate', 'main', ['SmallAIOS']],
    ]);
    expect(manifest.repos[1]).toMatchObject({ colour: 'blue', smctl_home: true });
    expect(manifest.flow).toMatchObject({
      feature_prefix: 'feat/',
      develop_branch: 'develop',
      tag_prefix: 'v',
    });
    expect(manifest).toHaveProperty('somebody');
  });

  test('paths are resolved against the root, and addresses that are paths too', async () => {
    const text = `[workspace]\nname = "w"\nroot = "src"\n
[[repos]]\nname = "a"\nurl = "../remotes/a.git"\n
[[repos]]\nname = "b"\npath = "/elsewhere/b"\nurl = "host:b.git"\n`;
    const workspace = await workspaceOf({ text, file: FILE, root: '/ws' });

    expect(workspace.repos.map(({ path, url }) => [path, url])).toEqual([
      ['/ws/src/a', '/ws/remotes/a.git'],
      ['/elsewhere/b', 'host:b.git'],
    ]);
  });

  test('a text that is no TOML fails with its place', async () => {
    expect(await problem('[workspace]\nname = "w"\n\n[[repos]\n')).toMatchObject({
      code: 'manifest-invalid',
      exit: 'workspace',
      details: { file: FILE, line: 4 },
      next: ['gantry config edit --scope workspace', `$EDITOR +4 ${FILE}`],
    });
  });

  test.each([
    ['a name of another type', '[workspace]\nname = "w"\n\n[[repos]]\n  name = 7\n', 5, 3, 'repos[0].name'],
    ['a missing name', '[workspace]\nname = "w"\n\n[[repos]]\nurl = "x"\n', 4, 1, 'repos[0].name'],
    ['a missing table', '# nothing\n', 1, 1, 'workspace'],
    ['a bad facility', '[workspace]\nname = "w"\n[logging]\nfacility = "mail"\n', 4, 1, 'logging.facility'],
    [
      'a second repo of that name',
      '[workspace]\nname = "w"\n[[repos]]\nname = "a"\n[[repos]]\nname = "a"\n',
      6,
      1,
      'repos[1].name',
    ],
    [
      'a second repo at that path',
      '[workspace]\nname = "w"\n[[repos]]\nname = "a"\n[[repos]]\nname = "b"\npath = "./a"\n',
      7,
      1,
      'repos[1].path',
    ],
    [
      'a key in a table below a repo',
      '[workspace]\nname = "w"\n[[repos]]\nname = "a"\n[[repos]]\nname = "b"\ndepends_on = [1]\n',
      7,
      1,
      'repos[1].depends_on[0]',
    ],
  ])('%s fails with line, column and key', async (_, text, line, column, key) => {
    expect(await problem(text)).toMatchObject({ code: 'manifest-invalid', details: { line, column, key } });
  });

  test.each(REFUSED)('a name with %s is refused', async (kind) => {
    expect(await problem(named(HOSTILE_NAMES[kind]))).toMatchObject({
      code: 'manifest-invalid',
      details: { line: 4 },
    });
  });

  test.each(ALLOWED)('a name with %s is read as it is', async (kind) => {
    expect((await manifestOf(named(HOSTILE_NAMES[kind]), FILE)).repos[0]?.name).toBe(HOSTILE_NAMES[kind]);
  });

  test('an address that begins with a dash is refused, and so is a branch', async () => {
    const withRepo = (line: string) => `[workspace]\nname = "w"\n[[repos]]\nname = "a"\n${line}\n`;
    expect(await problem(withRepo('url = "--upload-pack=touch x"'))).toMatchObject({ details: { line: 5 } });
    expect(await problem(withRepo('default_branch = "-f"'))).toMatchObject({ details: { line: 5 } });
  });

  test('keys that JavaScript gives a meaning of its own are keys like others', async () => {
    await manifestOf('[workspace]\nname = "w"\n[__proto__]\npolluted = 1\n[constructor]\nx = 1\n', FILE);
    expect({}).not.toHaveProperty('polluted');
  });
});
