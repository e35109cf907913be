import { checkPaths, pathFault } from '../../lib/tree/paths';

const file = (path: string, madeBy = `Maker of ${path}`) => ({ path, madeBy, documents: [{}] });

test.each([
  'a.yaml',
  'kubernetes/apps/backstage/ks.yaml',
  '.github/x.yaml',
  'a b/ü.yaml',
  'a..b/c',
  '..a',
  'console/com.yaml',
  'x.con',
  'git~main/x',
])('%s is a path', (path) => {
  expect(pathFault(path)).toBeUndefined();
});

test.each([
  ['', 'is empty'],
  ['/etc/passwd', 'is absolute'],
  ['../a', 'has a part ..'],
  ['a/../b', 'has a part ..'],
  ['./a', 'has a part .'],
  ['a//b', 'has an empty part'],
  ['a/', 'has an empty part'],
  ['a\\b', 'has a backslash'],
  ['C:/a', 'begins with a drive letter'],
  ['a\0', 'has the character U+0000'],
  ['a\nb', 'has the character U+000A'],
  ['a\u202eb', 'has the character U+202E'],
  ['ab:c', 'has the character U+003A'],
  ['.git/hooks/x', "lies in Git's own folder"],
  ['git~1/x', `has a part "git~1", which may be Git's or Espalier's own folder on Windows`],
  ['a/ESPALI~2', `has a part "ESPALI~2", which may be Git's or Espalier's own folder on Windows`],
  ['.espalier.sha256', 'has a part that begins with .espalier'],
  ['.espalier-staging/x', 'has a part that begins with .espalier'],
  ['a/nul.yaml', 'has a part "nul.yaml", a device'],
  ['COM1/a.yaml', 'has a part "COM1", a device'],
  ['CONIN$', 'has a part "CONIN$", a device'],
  ['a/b/lpt9', 'has a part "lpt9", a device'],
  ['a.', 'has a part "a." that begins or ends with a space or ends with a point'],
  ['a./b', 'has a part "a." that begins or ends with a space or ends with a point'],
])('%j is refused: %s', (path, why) => {
  expect(() => checkPaths([file(path, 'ConfigMap at soyo/x')])).toThrow(
    `ConfigMap at soyo/x: the path ${JSON.stringify(path)} ${why}`,
  );
});

test('two constructs for one file are both named', () => {
  expect(() => checkPaths([file('a.yaml', 'A at x'), file('a.yaml', 'B at y')])).toThrow(
    'A at x and B at y both write the file a.yaml. Give one of them another file name.',
  );
});

test('two clusters in one folder are told to have one each', () => {
  const ks = (cluster: string) => ({ ...file('ks.yaml', 'FluxKustomization at flux/cluster-apps'), cluster });
  expect(() => checkPaths([ks('soyo'), ks('mars')])).toThrow(
    'FluxKustomization at flux/cluster-apps of cluster soyo and FluxKustomization at flux/cluster-apps of cluster mars both write the file ks.yaml. Give each Cluster a `directory` of its own, or each App an `outdir`.',
  );
});

test.each([
  ['App.yaml', 'app.yaml'],
  ['\u00e9.yaml', 'e\u0301.yaml'],
])('%s and %s are one file elsewhere', (a, b) => {
  expect(() => checkPaths([file(a, 'A at x'), file(b, 'B at y')])).toThrow(
    `A at x and B at y make ${a} and ${b}, which are one file on macOS and Windows.`,
  );
});

test('a file whose path is a folder of another', () => {
  expect(() => checkPaths([file('a/b/c.yaml', 'C at x'), file('a/b', 'B at y')])).toThrow(
    'B at y makes the file a/b, and C at x makes a/b/c.yaml in a folder of that name. Rename one of them.',
  );
});
