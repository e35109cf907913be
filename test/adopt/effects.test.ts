import { effectsOf } from '../../lib/adopt/effects';
import { survey } from '../../lib/adopt/survey';
import type { Finding } from '../../lib/checks/finding';
import { followTree } from '../../lib/graph/follow-tree';
import { laidOver } from '../../lib/tree/source';
import { temporaryFolder } from '../repository';

const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'shop' } };
const tree = { files: [{ path: 'a.yaml', documents: [object] }] };
const root = temporaryFolder();
const graph = followTree(laidOver(tree as never, new Map([['a.yaml', JSON.stringify(object)]]), root, '', true), {});
const finding = (message: string, of = 'ConfigMap shop/a'): Finding => ({
  rule: 'a/b',
  severity: 'warning',
  message,
  remedy: 'Fix it.',
  file: 'a.yaml',
  line: 1,
  column: 1,
  object: of,
  chain: [],
  frame: [],
  clusters: [],
});

test('what is told of another of several is no new fault; one more of them is', () => {
  const of = (...messages: string[]) => ({ graph, findings: messages.map((message) => finding(message)), name: 'it' });
  const found = survey(graph, () => true);
  expect(effectsOf(found, of('one waits for it'), of('two waits for it'))).toEqual([]);
  expect(() => effectsOf(found, of('one waits'), of('one waits', 'two waits'))).toThrow(
    /a\/b would be found: two waits/,
  );
});

test('one that is gone hides no new one of another kind of objects', () => {
  const of = (object: string) => ({ graph, findings: [finding(`${object} is wrong`, object)], name: 'it' });
  const found = survey(graph, () => true);
  expect(effectsOf(found, of('ConfigMap shop/a'), of('ConfigMap shop/b'))).toEqual([]);
  expect(() => effectsOf(found, of('ConfigMap shop/a'), of('Service shop/b'))).toThrow(/a\/b would be found/);
});
