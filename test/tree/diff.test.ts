import { diffPlan } from '../../lib/tree/diff';
import { sha256 } from '../../lib/tree/ownership';
import { makePlan, type OnDisk } from '../../lib/tree/plan';
import { tree } from './folder';

function plan(before: { readonly [path: string]: string | Buffer }, after: { readonly [path: string]: string }) {
  const entries = Object.entries(before).map(([path, text]) => [path, Buffer.from(text)] as const);
  return makePlan(tree(after), {
    ownership: { hashes: new Map(entries.map(([path, bytes]) => [path, [sha256(bytes)]])), incomplete: false },
    ownershipText: '',
    files: new Map(entries.map(([path, bytes]) => [path, onDisk(bytes, after[path])])),
    folders: new Map(),
    hasStaging: false,
  });
}

function onDisk(bytes: Buffer, wanted: string | undefined): OnDisk {
  return bytes.toString() === wanted ? { type: 'same' } : { type: 'file', bytes };
}

test('nothing changed: nothing is shown', () => {
  expect(diffPlan(plan({ a: 'x\n' }, { a: 'x\n' }))).toBe('');
});

test('created, changed and pruned files, by path', () => {
  expect(
    diffPlan(plan({ 'b.yaml': '1\n2\n3\n', 'a.yaml': 'x\n' }, { 'b.yaml': '1\ntwo\n3\n', 'c.yaml': 'c\n' })),
  ).toBe(`--- a/a.yaml
+++ /dev/null
@@ -1,1 +0,0 @@
-x
--- a/b.yaml
+++ b/b.yaml
@@ -1,3 +1,3 @@
 1
-2
+two
 3
--- /dev/null
+++ b/c.yaml
@@ -0,0 +1,1 @@
+c
`);
});

test.each([
  ['as YAML', 'kind: Secret\nstringData:\n  p: hunter2\n'],
  ['as JSON', '{"kind":"Secret","data":{"p":"hunter2"}}'],
  ['in a list', 'kind: List\nitems:\n  - {kind: !!str Secret, data: {p: hunter2}}\n'],
  ['in the midst of a merge conflict', '<<<<<<< HEAD\nkind: Secret\n=======\ndata:\nhunter2\n'],
])('the content of a Secret is not shown, on either side: %s', (_, secret) => {
  const other = 'kind: Secret\ndata: {}\n';
  for (const each of [
    plan({ s: secret }, { s: other }),
    plan({ s: other }, { s: secret }),
    plan({ s: secret }, {}),
    plan({}, { s: secret }),
    plan({ s: secret }, { s: 'x\n' }),
  ]) {
    const text = diffPlan(each);
    expect(text).toContain("(a Secret's content is not shown)");
    expect(text).not.toContain('hunter2');
  }
});

test('an ExternalSecret is shown', () => {
  const external = 'kind: ExternalSecret\nspec:\n  secretStoreRef:\n    kind: ClusterSecretStore\n  data: []\n';
  expect(diffPlan(plan({}, { e: external }))).toContain('+kind: ExternalSecret');
});

test('what is no text is not shown, and control characters are shown as escapes', () => {
  expect(diffPlan(plan({ a: Buffer.from([1, 0, 2]) }, { a: 'x\n' }))).toBe('--- a/a\n+++ b/a\n(not text)\n');
  expect(diffPlan(plan({ a: '\u001b[2J\r\n' }, { a: 'x\n' }))).toContain('-\\u001B[2J\\u000D\n');
});

test('a long diff is cut, with a count', () => {
  const many = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`f${i + 10}`, 'a\nb\nc\n']));
  expect(diffPlan(plan({}, many), { maximumLines: 8 })).toBe(`--- /dev/null
+++ b/f10
@@ -0,0 +1,3 @@
+a
+b
+c
--- /dev/null
+++ b/f11
@@ -0,0 +1,3 @@
… 3 more lines of f11
… and 48 more files
`);
  const lines = (word: string) => Array.from({ length: 20_000 }, (_, i) => `${word} ${i}\n`).join('');
  expect(diffPlan(plan({ a: lines('x') }, { a: lines('y') }))).toBe('--- a/a\n+++ b/a\n(nearly every line differs)\n');
});
